import { Button } from '@mantine/core';
import type { TerminalEnd } from '@porthole/protocol';
import { visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import styles from './bars.module.css';

interface EndedBarProps {
  end: TerminalEnd;
  again: { label: string; run: () => void } | undefined;
  close(): void;
}

/** Says under a terminal why it is over, and offers what comes next. What was on it can still be read. */
export function EndedBar({ end, again, close }: EndedBarProps) {
  return (
    <div className={styles.bar} role="status">
      <span className={styles.text}>{describeEnd(end)}</span>
      {again ? (
        <Button size="compact-sm" onClick={again.run}>
          {again.label}
        </Button>
      ) : null}
      <Button size="compact-sm" variant="default" onClick={close}>
        {texts.terminal.ended.close}
      </Button>
    </div>
  );
}

/** Why a session ended, as a sentence. */
export function describeEnd({ reason, code, signal }: TerminalEnd): string {
  const { ended } = texts.terminal;
  if (reason !== 'exit') return ended[reason];
  if (signal !== undefined) return ended.signal(visibleText(signal, 16));
  return code === undefined || code === 0 ? ended.exit : ended.code(code);
}
