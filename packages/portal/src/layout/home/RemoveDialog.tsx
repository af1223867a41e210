import { Button } from '@mantine/core';
import { Dialog } from '../../base/Dialog.tsx';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import styles from '../dialogs.module.css';

/** Asks before a device is removed. The safe answer has the focus. */
export function RemoveDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const { api } = useConnection();
  const remove = useAction(async () => {
    await api.remove(id);
    onClose();
  });
  return (
    <Dialog title={texts.device.removeTitle(name)} onClose={onClose}>
      <div className={styles.form}>
        <p>{texts.device.removeWhat}</p>
        <Problem>{remove.error}</Problem>
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose} autoFocus>
            {texts.device.cancel}
          </Button>
          <Button color="red.9" onClick={() => remove.run()} loading={remove.busy}>
            {texts.device.remove}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
