import { Button } from '@mantine/core';
import { Dialog } from '../base/Dialog.tsx';
import { texts } from '../base/texts.ts';
import styles from './dialogs.module.css';
import { EnrolmentCommand } from './EnrolmentCommand.tsx';

/** The command for one more device. */
export function AddDeviceDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={texts.add.title} onClose={onClose}>
      <div className={styles.form}>
        <EnrolmentCommand />
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {texts.add.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
