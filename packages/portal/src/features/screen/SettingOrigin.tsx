import type { ScreenSettings } from '@porthole/protocol';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { texts } from '../../base/texts.ts';
import { useSelected } from '../../base/useStore.ts';
import { describeSetting } from './describeSetting.ts';
import styles from './SettingOrigin.module.css';
import type { ScreenPreferences } from './screenPreferences.ts';

interface SettingOriginProps {
  name: keyof ScreenSettings;
  preferences: ScreenPreferences;
}

/** Whether a setting is a person's own or the device's, and the way back to the device's. Stands beside the control. */
export function SettingOrigin({ name, preferences }: SettingOriginProps) {
  const isOwn = useSelected(preferences.own, (own) => own[name] !== undefined);
  const value = useSelected(preferences.defaults, (defaults) => describeSetting(defaults, name));
  const reset = (event: MouseEvent<HTMLElement>) => {
    focusControl(event.currentTarget);
    preferences.reset(name);
  };
  if (!isOwn) return <p className={styles.origin}>{texts.picture.isDefault}</p>;
  return (
    <p className={styles.origin}>
      {texts.picture.isOwn}
      <button
        type="button"
        className={styles.reset}
        aria-label={texts.picture.backToDefault(texts.picture.settings[name], value)}
        onClick={reset}
      >
        <IconArrowBackUp size={16} aria-hidden />
        {texts.picture.deviceHas(value)}
      </button>
    </p>
  );
}

/** The button is about to go, and must not take the focus along. */
function focusControl(button: HTMLElement): void {
  const control = button.parentElement?.parentElement?.querySelector('input:checked, input[type=range], select');
  if (control instanceof HTMLElement) control.focus();
}
