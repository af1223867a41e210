import { useId } from 'react';
import styles from './Choice.module.css';

interface ChoiceProps<T extends string> {
  label: string;
  /** What may be chosen, with the words for it, in this order. */
  options: Readonly<Record<T, string>>;
  value: T;
  choose(value: T): void;
  /** Shown as a dot of this colour before the words. */
  swatch?: (value: T) => string;
}

/** One of a few, all of them in sight: radio buttons of the browser, so that arrow keys work. */
export function Choice<T extends string>({ label, options, value, choose, swatch }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      <div className={styles.options}>
        {(Object.keys(options) as T[]).map((option) => (
          <label key={option} className={styles.option}>
            <input type="radio" name={name} checked={option === value} onChange={() => choose(option)} />
            {swatch ? <span className={styles.swatch} style={{ background: swatch(option) }} aria-hidden /> : null}
            {options[option]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
