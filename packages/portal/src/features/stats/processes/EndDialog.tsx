import { Button } from '@mantine/core';
import { type Device, PortholeError, type ProcessRow } from '@porthole/protocol';
import { useState } from 'react';
import { Dialog } from '../../../base/Dialog.tsx';
import { visibleText } from '../../../base/format.ts';
import { Problem } from '../../../base/Problem.tsx';
import { useConnection } from '../../../base/portalContext.ts';
import { texts } from '../../../base/texts.ts';
import { useAction } from '../../../base/useAction.ts';
import { StatsApi } from '../statsApi.ts';
import styles from './EndDialog.module.css';

interface EndDialogProps {
  device: Device;
  row: ProcessRow;
  kill: boolean;
  onClose(): void;
}

/** Asks before a process is ended, and a second time when it is the agent itself. The safe answer has the focus. */
export function EndDialog({ device, row, kill, onClose }: EndDialogProps) {
  const { api } = useConnection();
  const [self, setSelf] = useState(false);
  const end = useAction(async () => {
    const { pid, started } = row;
    try {
      await new StatsApi(api).endProcess(device.id, { pid, started, kill, self });
      onClose();
    } catch (error) {
      if (!(error instanceof PortholeError) || error.code !== 'process.self' || self) throw error;
      setSelf(true);
    }
  });
  const name = visibleText(row.name);
  const where = visibleText(device.name);
  const title = kill ? texts.health.killTitle(name, row.pid) : texts.health.endTitle(name, row.pid);
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={styles.form}>
        <p>{kill ? texts.health.killWhat(where) : texts.health.endWhat(where)}</p>
        <p className={styles.command}>{visibleText(row.command, 512)}</p>
        {self ? (
          <p role="alert" className={styles.self}>
            {texts.health.endSelf(where)}
          </p>
        ) : null}
        <Problem>{end.error}</Problem>
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose} autoFocus>
            {texts.health.cancel}
          </Button>
          <Button color="red.9" onClick={() => end.run()} loading={end.busy}>
            {self ? texts.health.endSelfAnyway : kill ? texts.health.kill : texts.health.end}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
