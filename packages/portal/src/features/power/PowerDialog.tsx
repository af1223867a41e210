import { Button } from '@mantine/core';
import type { Device, PowerAction } from '@porthole/protocol';
import { Dialog } from '../../base/Dialog.tsx';
import { visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import styles from './PowerDialog.module.css';
import { PowerApi } from './powerApi.ts';

interface PowerDialogProps {
  device: Device;
  action: PowerAction;
  /** It was done. */
  done(): void;
  onClose(): void;
}

/** Asks before something is done to a whole machine, and says what happens then. The safe answer has the focus. */
export function PowerDialog({ device, action, done, onClose }: PowerDialogProps) {
  const { api } = useConnection();
  const act = useAction(async () => {
    await new PowerApi(api).act(device.id, action);
    done();
  });
  const name = visibleText(device.name);
  return (
    <Dialog title={texts.power.title[action](name)} onClose={onClose}>
      <div className={styles.form}>
        <p>{texts.power.what[action]}</p>
        <Problem>{act.error}</Problem>
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose} autoFocus>
            {texts.power.cancel}
          </Button>
          <Button {...(action === 'lock' ? {} : { color: 'red.9' })} onClick={() => act.run()} loading={act.busy}>
            {texts.power.actions[action]}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
