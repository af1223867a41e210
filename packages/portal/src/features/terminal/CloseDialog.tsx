import { Button } from '@mantine/core';
import type { TerminalSession } from '@porthole/protocol';
import { Dialog } from '../../base/Dialog.tsx';
import { visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import styles from './dialogs.module.css';
import { programOf, sessionName } from './sessionName.ts';

interface CloseDialogProps {
  info: TerminalSession | undefined;
  end(): Promise<void>;
  detach(): void;
  done(): void;
}

/** Asks what becomes of a session whose pane is closed while something runs in it. */
export function CloseDialog({ info, end, detach, done }: CloseDialogProps) {
  const { closing } = texts.terminal;
  const ending = useAction(async () => {
    await end();
    done();
  });
  const command = info?.command || programOf(info?.shell ?? '') || texts.terminal.title;
  return (
    <Dialog title={closing.title(info ? sessionName(info) : texts.terminal.title)} onClose={done}>
      <p className={styles.text}>{closing.what(visibleText(command, 80))}</p>
      <Problem>{ending.error}</Problem>
      <div className={styles.actions}>
        <Button variant="default" onClick={done}>
          {closing.cancel}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            detach();
            done();
          }}
        >
          {closing.detach}
        </Button>
        <Button color="red" loading={ending.busy} onClick={() => ending.run()} autoFocus>
          {closing.end}
        </Button>
      </div>
    </Dialog>
  );
}
