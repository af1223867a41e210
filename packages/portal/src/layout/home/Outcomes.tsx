import { Button } from '@mantine/core';
import { visibleText } from '../../base/format.ts';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import dialogs from '../dialogs.module.css';
import styles from './Outcomes.module.css';
import type { Outcome } from './onEach.ts';

interface OutcomesProps {
  outcome: Outcome;
  /** More that is known of it, as a sentence. */
  note?: string | undefined;
  onClose(): void;
}

/** What came of something done to many: who failed, device by device, and why. */
export function Outcomes({ outcome, note, onClose }: OutcomesProps) {
  const { devices } = useConnection();
  const { bulk } = texts.arrange;
  const { failures, total } = outcome;
  const done = total - failures.length;
  return (
    <div className={dialogs.form} role="status">
      {done > 0 ? <p>{note ?? bulk.done(done)}</p> : null}
      {failures.length > 0 ? (
        <>
          <p>{bulk.failed(failures.length, total)}</p>
          <ul className={styles.failures} aria-label={bulk.failed(failures.length, total)}>
            {failures.slice(0, MOST).map(({ id, why }) => (
              <li key={id}>
                <strong>{visibleText(devices.device(id).get()?.name ?? id)}</strong> {why}
              </li>
            ))}
            {failures.length > MOST ? <li>{bulk.others(failures.length - MOST)}</li> : null}
          </ul>
        </>
      ) : null}
      <div className={dialogs.actions}>
        <Button onClick={onClose} autoFocus>
          {bulk.close}
        </Button>
      </div>
    </div>
  );
}

const MOST = 50;
