import { Popover } from '@mantine/core';
import { PICTURES } from '@porthole/protocol';
import { IconPhotoCog } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { formatRate } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { useStore } from '../../base/useStore.ts';
import styles from './PictureMenu.module.css';
import type { ScreenHost } from './screenHost.ts';
import { BANDWIDTH_CAPS, FPS_RANGE, SHRINKS } from './screenSettings.ts';

/** What the picture of this device shall be good at; acts at once and is remembered in this browser. */
export function PictureMenu({ host }: { host: ScreenHost }) {
  return (
    <Popover position="bottom-end" width={304} trapFocus>
      <Popover.Target>
        <button type="button" className={styles.button} aria-label={texts.picture.label} title={texts.picture.label}>
          <IconPhotoCog size={16} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown}>
        <div className={styles.settings}>
          <PictureChoice host={host} />
          <FrameRate host={host} />
          <BandwidthCap host={host} />
          <Scale host={host} />
          <p className={styles.dim}>{texts.picture.what}</p>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function PictureChoice({ host }: { host: ScreenHost }) {
  const chosen = useStore(host.settings).picture;
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{texts.picture.title}</legend>
      {PICTURES.map((picture) => (
        <label key={picture}>
          <input type="radio" name={name} checked={picture === chosen} onChange={() => host.set({ picture })} />
          <span>
            {texts.picture.names[picture]}
            <span className={styles.dim}>{texts.picture.means[picture]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function FrameRate({ host }: { host: ScreenHost }) {
  const { maxFps } = useStore(host.settings);
  const id = useId();
  return (
    <Field id={id} label={texts.picture.maxFps} value={texts.picture.perSecond(maxFps)}>
      <input
        id={id}
        type="range"
        {...FPS_RANGE}
        value={maxFps}
        aria-valuetext={texts.picture.perSecond(maxFps)}
        onChange={(event) => host.set({ maxFps: event.currentTarget.valueAsNumber })}
      />
    </Field>
  );
}

function BandwidthCap({ host }: { host: ScreenHost }) {
  const { maxKBps } = useStore(host.settings);
  const id = useId();
  const caps = [...new Set([...BANDWIDTH_CAPS, maxKBps])].sort((a, b) => a - b);
  return (
    <Field id={id} label={texts.picture.maxKBps}>
      <select id={id} value={maxKBps} onChange={(event) => host.set({ maxKBps: Number(event.currentTarget.value) })}>
        {caps.map((cap) => (
          <option key={cap} value={cap}>
            {cap === 0 ? texts.picture.noCap : formatRate(cap)}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Scale({ host }: { host: ScreenHost }) {
  const { shrink } = useStore(host.settings);
  const id = useId();
  return (
    <Field id={id} label={texts.picture.scale}>
      <select id={id} value={shrink} onChange={(event) => host.set({ shrink: Number(event.currentTarget.value) })}>
        {SHRINKS.map((factor) => (
          <option key={factor} value={factor}>
            {`${Math.round(100 / factor)} %`}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface FieldProps {
  id: string;
  label: string;
  /** What is chosen, when the control does not say it itself. */
  value?: string;
  children: ReactNode;
}

function Field({ id, label, value, children }: FieldProps) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {value === undefined ? null : <output htmlFor={id}>{value}</output>}
      {children}
    </div>
  );
}
