import { Button } from '@mantine/core';
import { Dialog } from '../../../base/Dialog.tsx';
import { texts } from '../../../base/texts.ts';
import styles from '../FolderDialog.module.css';

/** Asks before what was written is lost. */
export function LeaveDialog({ leave, stay }: { leave: () => void; stay: () => void }) {
  const { viewer: words, dialogs } = texts.files;
  return (
    <Dialog title={words.leave} onClose={stay}>
      <div className={styles.form}>
        <p>{words.leaveWhat}</p>
        <div className={styles.actions}>
          <Button variant="default" onClick={stay} autoFocus>
            {dialogs.cancel}
          </Button>
          <Button color="red.9" onClick={leave}>
            {words.discard}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
