import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../../base/Dialog.tsx';
import { visibleText } from '../../base/format.ts';
import { usePreference } from '../../base/preferences/usePreference.ts';
import { texts } from '../../base/texts.ts';
import styles from './LayoutDialogs.module.css';
import { layoutName, MOST_LAYOUTS, withLayout, withName, withoutLayout } from './namedLayouts.ts';
import type { Workspace } from './workspace.ts';

/** Asks for a name and saves how the workspace is arranged. */
export function SaveLayoutDialog({ workspace, onClose }: { workspace: Workspace; onClose(): void }) {
  const words = texts.workspace;
  const [layouts, setLayouts] = usePreference('layouts');
  const [typed, setTyped] = useState('');
  const name = layoutName(typed);
  const isKnown = layouts.some((each) => each.name === name);
  const isFull = layouts.length >= MOST_LAYOUTS && !isKnown;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name === undefined || isFull) return;
    setLayouts(withLayout(layouts, name, workspace.write()));
    onClose();
  };
  return (
    <Dialog title={words.saveTitle} onClose={onClose}>
      <form className={styles.form} onSubmit={save}>
        <TextInput
          label={words.name}
          description={isFull ? words.tooMany : isKnown ? words.nameTaken : words.nameRule}
          value={typed}
          maxLength={64}
          data-autofocus
          autoFocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" disabled={name === undefined || isFull}>
            {words.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The saved layouts, to be renamed and deleted. */
export function ManageLayoutsDialog({ onClose }: { onClose(): void }) {
  const words = texts.workspace;
  const [layouts, setLayouts] = usePreference('layouts');
  return (
    <Dialog title={words.manageTitle} onClose={onClose}>
      <ul className={styles.list}>
        {layouts.map(({ id, name }) => (
          <li key={id}>
            <TextInput
              className={styles.name}
              aria-label={words.rename(visibleText(name, 64))}
              defaultValue={name}
              maxLength={64}
              onBlur={(event) => {
                const next = layoutName(event.currentTarget.value);
                if (next !== undefined && next !== name) setLayouts(withName(layouts, id, next));
              }}
              onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={words.remove(visibleText(name, 64))}
              onClick={() => setLayouts(withoutLayout(layouts, id))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {layouts.length === 0 ? <p className={styles.none}>{words.noLayouts}</p> : null}
      <div className={styles.buttons}>
        <Button onClick={onClose}>{words.done}</Button>
      </div>
    </Dialog>
  );
}
