import type { SendingSettings } from '@porthole/protocol';
import { useId } from 'react';
import { texts } from '../../../base/texts.ts';
import { fromClock, LIVE_PACES, PICTURE_PACES, PICTURE_WIDTHS, RECORD_PACES, toClock } from './choices.ts';
import styles from './Fields.module.css';
import { FieldGroup, NumberChoice, OnOff } from './Fields.tsx';
import { formatPace } from './formatPace.ts';

interface SendingFieldsProps {
  value: SendingSettings;
  change(part: Partial<SendingSettings>): void;
  disabled: boolean;
}

/** What a device sends by itself, and how often. */
export function SendingFields({ value, change, disabled }: SendingFieldsProps) {
  const words = texts.sending;
  return (
    <>
      <FieldGroup title={words.when}>
        <OnOff
          label={words.onlyWatched}
          on={value.onlyWatched}
          set={(onlyWatched) => change({ onlyWatched })}
          disabled={disabled}
        />
        <Hours value={value} change={change} disabled={disabled} />
      </FieldGroup>
      <FieldGroup title={words.health}>
        <NumberChoice
          label={words.statsMs}
          value={value.statsMs}
          choices={LIVE_PACES}
          describe={formatPace}
          choose={(statsMs) => change({ statsMs })}
          disabled={disabled}
        />
        <NumberChoice
          label={words.recordMs}
          value={value.recordMs}
          choices={RECORD_PACES}
          describe={(ms) => (ms === 0 ? words.never : formatPace(ms))}
          choose={(recordMs) => change({ recordMs })}
          disabled={disabled}
        />
        {value.recordMs === 0 ? <p className={styles.what}>{words.recordNever}</p> : null}
      </FieldGroup>
      <FieldGroup title={words.smallPicture}>
        <NumberChoice
          label={words.thumbnailMs}
          value={value.thumbnailMs}
          choices={PICTURE_PACES}
          describe={formatPace}
          choose={(thumbnailMs) => change({ thumbnailMs })}
          disabled={disabled}
        />
        <NumberChoice
          label={words.thumbnailWidth}
          value={value.thumbnailWidth}
          choices={PICTURE_WIDTHS}
          describe={words.pixels}
          choose={(thumbnailWidth) => change({ thumbnailWidth })}
          disabled={disabled}
        />
      </FieldGroup>
    </>
  );
}

/** What an admin most likely means who wants hours at all. */
const WORKDAY = { from: 8 * 60, to: 18 * 60 };

function Hours({ value: { hours }, change, disabled }: SendingFieldsProps) {
  const words = texts.sending;
  return (
    <>
      <OnOff
        label={words.hours}
        on={hours !== null}
        set={(on) => change({ hours: on ? WORKDAY : null })}
        disabled={disabled}
      />
      {hours === null ? null : (
        <div className={styles.times}>
          <Clock
            label={words.from}
            minute={hours.from}
            set={(from) => change({ hours: { ...hours, from } })}
            disabled={disabled}
          />
          <Clock
            label={words.to}
            minute={hours.to}
            set={(to) => change({ hours: { ...hours, to } })}
            disabled={disabled}
          />
        </div>
      )}
      <p className={styles.what}>{words.hoursWhat}</p>
    </>
  );
}

interface ClockProps {
  label: string;
  minute: number;
  set(minute: number): void;
  disabled: boolean;
}

/** A time of the day; taken when the field is left or Enter is pressed, because half of one is typed first. */
function Clock({ label, minute, set, disabled }: ClockProps) {
  const id = useId();
  const take = (field: HTMLInputElement) => {
    const typed = fromClock(field.value);
    if (typed !== undefined && typed !== minute) set(typed);
    else field.value = toClock(minute);
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        key={minute}
        id={id}
        type="time"
        defaultValue={toClock(minute)}
        disabled={disabled}
        onBlur={(event) => take(event.currentTarget)}
        onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget)}
      />
    </div>
  );
}
