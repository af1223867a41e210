import { PICTURES, type ScreenSettings } from '@porthole/protocol';
import { type ReactNode, useId } from 'react';
import { texts } from '../../base/texts.ts';
import { useStore } from '../../base/useStore.ts';
import { describeSetting } from './describeSetting.ts';
import styles from './PictureFields.module.css';
import { SettingOrigin } from './SettingOrigin.tsx';
import type { ScreenPreferences } from './screenPreferences.ts';
import { BANDWIDTH_CAPS, FPS_RANGE, SHRINKS } from './screenSettings.ts';

interface Props {
  preferences: ScreenPreferences;
}

/** What the picture shall be good at. */
export function PictureChoice({ preferences }: Props) {
  const chosen = useStore(preferences.settings).picture;
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{texts.picture.settings.picture}</legend>
      <SettingOrigin name="picture" preferences={preferences} />
      {PICTURES.map((picture) => (
        <label key={picture}>
          <input
            type="radio"
            name={name}
            checked={picture === chosen}
            onChange={() => preferences.choose({ picture })}
          />
          <span>
            {texts.picture.names[picture]}
            <span className={styles.dim}>{texts.picture.means[picture]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Pictures per second at most. */
export function FrameRate({ preferences }: Props) {
  const settings = useStore(preferences.settings);
  const id = useId();
  const shown = describeSetting(settings, 'maxFps');
  return (
    <Field id={id} name="maxFps" preferences={preferences}>
      <output htmlFor={id}>{shown}</output>
      <input
        id={id}
        type="range"
        {...FPS_RANGE}
        value={settings.maxFps}
        aria-valuetext={shown}
        onChange={(event) => preferences.choose({ maxFps: event.currentTarget.valueAsNumber })}
      />
    </Field>
  );
}

/** Bytes per second at most. */
export function BandwidthCap({ preferences }: Props) {
  return <Choice name="maxKBps" values={BANDWIDTH_CAPS} preferences={preferences} />;
}

/** How large the picture is when it is coded. */
export function Scale({ preferences }: Props) {
  return <Choice name="shrink" values={SHRINKS} preferences={preferences} />;
}

interface ChoiceProps extends Props {
  name: 'maxKBps' | 'shrink';
  values: readonly number[];
}

/** A number out of a list; one that was chosen elsewhere is added to it. */
function Choice({ name, values, preferences }: ChoiceProps) {
  const settings = useStore(preferences.settings);
  const id = useId();
  const offered = [...new Set([...values, settings[name]])].sort((a, b) => a - b);
  return (
    <Field id={id} name={name} preferences={preferences}>
      <select
        id={id}
        value={settings[name]}
        onChange={(event) => preferences.choose({ [name]: Number(event.currentTarget.value) })}
      >
        {offered.map((value) => (
          <option key={value} value={value}>
            {describeSetting({ ...settings, [name]: value }, name)}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface FieldProps extends Props {
  /** Of the control inside. */
  id: string;
  name: keyof ScreenSettings;
  children: ReactNode;
}

function Field({ id, name, preferences, children }: FieldProps) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{texts.picture.settings[name]}</label>
      {children}
      <SettingOrigin name={name} preferences={preferences} />
    </div>
  );
}
