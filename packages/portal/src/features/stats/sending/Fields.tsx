import { Switch } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { withValue } from './choices.ts';
import styles from './Fields.module.css';

/** Settings that belong together. */
export function FieldGroup({ title, what, children }: { title: string; what?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {what === undefined ? null : <p className={styles.what}>{what}</p>}
      {children}
    </section>
  );
}

interface NumberChoiceProps {
  label: string;
  value: number;
  choices: readonly number[];
  describe(value: number): string;
  choose(value: number): void;
  disabled: boolean;
}

/** A number out of a list. */
export function NumberChoice({ label, value, choices, describe, choose, disabled }: NumberChoiceProps) {
  return (
    <Choice
      label={label}
      value={String(value)}
      choices={withValue(choices, value).map((each) => [String(each), describe(each)])}
      choose={(text) => choose(Number(text))}
      disabled={disabled}
    />
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  choices: readonly (readonly [value: string, text: string])[];
  choose(value: string): void;
  disabled: boolean;
}

/** One of several. */
export function Choice({ label, value, choices, choose, disabled }: ChoiceProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} disabled={disabled} onChange={(event) => choose(event.currentTarget.value)}>
        {choices.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface OnOffProps {
  label: string;
  on: boolean;
  set(on: boolean): void;
  disabled: boolean;
}

/** Something that is on or off. */
export function OnOff({ label, on, set, disabled }: OnOffProps) {
  return (
    <div className={styles.field}>
      <Switch
        label={label}
        labelPosition="left"
        classNames={{ body: styles.switch ?? '', labelWrapper: styles.grow ?? '' }}
        checked={on}
        disabled={disabled}
        onChange={(event) => set(event.currentTarget.checked)}
      />
    </div>
  );
}
