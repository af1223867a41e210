import { Button } from '@mantine/core';
import { DEFAULT_RETENTION, PATHS, type Retention, retention } from '@porthole/protocol';
import { useId, useState } from 'react';
import { Problem } from '../../base/Problem.tsx';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { useSetting } from '../../base/useSetting.ts';
import styles from './Section.module.css';
import { Section } from './Section.tsx';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** What is offered for each fineness, in ms. */
const OFFERED: Readonly<Record<keyof Retention, readonly number[]>> = {
  rawMs: [HOUR, 3 * HOUR, 6 * HOUR, DAY],
  minuteMs: [DAY, 2 * DAY, 7 * DAY, 30 * DAY, 90 * DAY],
  quarterMs: [7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY],
  hourMs: [90 * DAY, 366 * DAY, 730 * DAY, 1_826 * DAY, 3_652 * DAY],
};

/** For admins: how long the health of devices is kept. */
export function HistorySection() {
  const { value, problem, save } = useSetting(PATHS.historySettings, retention);
  const words = texts.settings.history;
  const [changed, setChanged] = useState<Partial<Retention>>({});
  const chosen = { ...(value ?? DEFAULT_RETENTION), ...changed };
  const act = useAction(async () => {
    await save(chosen);
    setChanged({});
  });
  return (
    <Section title={texts.settings.sections.history} what={`${texts.settings.forEverybody}. ${words.what}`}>
      <div className={styles.fields}>
        {(['raw', 'minute', 'quarter', 'hour'] as const).map((step) => (
          <Duration
            key={step}
            label={words[step]}
            offered={OFFERED[`${step}Ms`]}
            value={chosen[`${step}Ms`]}
            disabled={value === undefined}
            choose={(ms) => setChanged({ ...changed, [`${step}Ms`]: ms })}
          />
        ))}
        <div className={styles.buttons}>
          <Button loading={act.busy} disabled={Object.keys(changed).length === 0} onClick={() => act.run()}>
            {texts.settings.save}
          </Button>
        </div>
      </div>
      <Problem>{problem ?? act.error}</Problem>
    </Section>
  );
}

interface DurationProps {
  label: string;
  offered: readonly number[];
  value: number;
  disabled: boolean;
  choose(ms: number): void;
}

/** A time out of a list; one that was set elsewhere is added to it. */
function Duration({ label, offered, value, disabled, choose }: DurationProps) {
  const id = useId();
  const { hours, days } = texts.settings.history;
  const all = [...new Set([...offered, value])].sort((a, b) => a - b);
  const wordsOf = (ms: number) => (ms % DAY === 0 ? days(ms / DAY) : hours(Math.round(ms / HOUR)));
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} disabled={disabled} onChange={(event) => choose(Number(event.currentTarget.value))}>
        {all.map((ms) => (
          <option key={ms} value={ms}>
            {wordsOf(ms)}
          </option>
        ))}
      </select>
    </div>
  );
}
