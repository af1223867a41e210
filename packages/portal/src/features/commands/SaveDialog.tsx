import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../../base/Dialog.tsx';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { CommandsApi } from './commandsApi.ts';
import { type Draft, savedFrom } from './draft.ts';
import styles from './RunPage.module.css';

interface SaveDialogProps {
  draft: Draft;
  saved(): void;
  close(): void;
}

/** Asks for the name under which a command is kept for everybody. */
export function SaveDialog({ draft, saved, close }: SaveDialogProps) {
  const { api } = useConnection();
  const { form } = texts.commands;
  const [name, setName] = useState('');
  const saving = useAction(async () => {
    const command = savedFrom(draft, name.trim());
    if (!command) return;
    await new CommandsApi(api).save(command);
    saved();
    close();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The form around it has another button.
    event.stopPropagation();
    if (name.trim() !== '') saving.run();
  };
  return (
    <Dialog title={form.saveTitle} onClose={close}>
      <div className={styles.form}>
        <p className={styles.dim}>{form.saveWhat}</p>
        <TextInput
          label={form.name}
          value={name}
          maxLength={100}
          autoFocus
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && submit(event)}
        />
        <Problem>{saving.error}</Problem>
        <div className={styles.actions}>
          <Button variant="default" onClick={close}>
            {form.cancel}
          </Button>
          <Button loading={saving.busy} disabled={name.trim() === ''} onClick={() => saving.run()}>
            {form.save}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
