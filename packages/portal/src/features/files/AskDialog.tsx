import { Button } from '@mantine/core';
import { Dialog } from '../../base/Dialog.tsx';
import styles from './FolderDialog.module.css';

interface AskDialogProps {
  title: string;
  /** What would become of things. */
  what: string;
  no: string;
  yes: string;
  close(): void;
  act(): void;
}

/** Asks before something is gone for good. The safe answer has the focus. */
export function AskDialog({ title, what, no, yes, close, act }: AskDialogProps) {
  return (
    <Dialog title={title} onClose={close}>
      <div className={styles.form}>
        <p>{what}</p>
        <div className={styles.actions}>
          <Button variant="default" onClick={close} autoFocus>
            {no}
          </Button>
          <Button color="red.9" onClick={act}>
            {yes}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
