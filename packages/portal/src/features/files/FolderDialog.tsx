import { Button, TextInput } from '@mantine/core';
import { fileName } from '@porthole/protocol';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../../base/Dialog.tsx';
import { Problem } from '../../base/Problem.tsx';
import { texts } from '../../base/texts.ts';
import { AskDialog } from './AskDialog.tsx';
import styles from './FolderDialog.module.css';
import { PropertiesDialog } from './PropertiesDialog.tsx';
import { describeNames, type FileActions } from './useFileActions.ts';
import type { Pane } from './usePane.ts';

/** The dialog that is open over a pane. */
export type OpenDialog =
  | { kind: 'newFolder' }
  | { kind: 'remove'; names: readonly string[]; paths: readonly string[]; noTrash: boolean }
  | { kind: 'properties'; path: string };

interface FolderDialogProps {
  pane: Pane;
  actions: FileActions;
  dialog: OpenDialog;
  close(): void;
}

export function FolderDialog({ pane, actions, dialog, close }: FolderDialogProps) {
  switch (dialog.kind) {
    case 'newFolder':
      return <NewFolderDialog actions={actions} close={close} />;
    case 'remove':
      return <RemoveDialog {...dialog} actions={actions} close={close} />;
    case 'properties':
      return <PropertiesDialog pane={pane} path={dialog.path} close={close} />;
  }
}

function NewFolderDialog({ actions, close }: { actions: FileActions; close: () => void }) {
  const { dialogs } = texts.files;
  const [name, setName] = useState('');
  const [invalid, setInvalid] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const valid = fileName.safeParse(name).success;
    setInvalid(!valid);
    if (!valid || busy) return;
    setBusy(true);
    const made = await actions.makeFolder(name);
    setBusy(false);
    setFailed(!made);
    if (made) close();
  };
  return (
    <Dialog title={dialogs.newFolder} onClose={close}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextInput
          label={dialogs.name}
          value={name}
          maxLength={255}
          autoFocus
          spellCheck={false}
          error={invalid ? dialogs.nameRule : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Problem>{failed ? actions.notice?.text : undefined}</Problem>
        <div className={styles.actions}>
          <Button variant="default" onClick={close}>
            {dialogs.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {dialogs.create}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface RemoveDialogProps {
  names: readonly string[];
  paths: readonly string[];
  noTrash: boolean;
  actions: FileActions;
  close(): void;
}

function RemoveDialog({ names, paths, noTrash, actions, close }: RemoveDialogProps) {
  const { dialogs } = texts.files;
  const remove = () => {
    close();
    void actions.removeForever(paths);
  };
  return (
    <AskDialog
      title={dialogs.deleteTitle(describeNames(names))}
      what={noTrash ? dialogs.noTrash : dialogs.deleteWhat}
      no={dialogs.cancel}
      yes={dialogs.deleteForever}
      close={close}
      act={remove}
    />
  );
}
