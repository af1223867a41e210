import { Button, TextInput } from '@mantine/core';
import { deviceName } from '@porthole/protocol';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../base/Dialog.tsx';
import { Problem } from '../base/Problem.tsx';
import { useConnection } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useAction } from '../base/useAction.ts';
import styles from './dialogs.module.css';

/** Asks for a device's new name. */
export function RenameDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const { api } = useConnection();
  const [value, setValue] = useState(name);
  const [invalid, setInvalid] = useState(false);
  const rename = useAction(async (next: string) => {
    await api.rename(id, next);
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = deviceName.safeParse(value);
    setInvalid(!parsed.success);
    if (parsed.success) rename.run(parsed.data);
  };
  return (
    <Dialog title={texts.device.renameTitle} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextInput
          label={texts.device.name}
          value={value}
          maxLength={64}
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
          error={invalid ? texts.device.nameRule : undefined}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Problem>{rename.error}</Problem>
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {texts.device.cancel}
          </Button>
          <Button type="submit" loading={rename.busy}>
            {texts.device.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
