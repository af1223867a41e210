import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import { Dialog } from '../../base/Dialog.tsx';
import { visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import type { Answer } from './conflicts.ts';
import dialogStyles from './FolderDialog.module.css';

interface ConflictDialogProps {
  name: string;
  folder: string;
  answer(answer: Answer, forAll: boolean): void;
}

/** Asks what to do with an entry whose name is taken. The safe answer has the focus. */
export function ConflictDialog({ name, folder, answer }: ConflictDialogProps) {
  const { conflict: words } = texts.files;
  const [forAll, setForAll] = useState(false);
  const checkId = useId();
  const say = (what: Answer) => answer(what, forAll);
  return (
    <Dialog title={words.title(visibleText(name, 120))} onClose={() => say('skip')}>
      <div className={dialogStyles.form}>
        <p>{words.what(visibleText(folder, 200))}</p>
        <label htmlFor={checkId}>
          <input
            id={checkId}
            type="checkbox"
            checked={forAll}
            onChange={(event) => setForAll(event.currentTarget.checked)}
          />{' '}
          {words.all}
        </label>
        <div className={dialogStyles.actions}>
          <Button variant="default" px="sm" onClick={() => say('skip')} autoFocus>
            {words.skip}
          </Button>
          <Button variant="default" px="sm" onClick={() => say('same')}>
            {words.skipSame}
          </Button>
          <Button variant="default" px="sm" onClick={() => say('rename')}>
            {words.keepBoth}
          </Button>
          <Button color="red.9" px="sm" onClick={() => say('replace')}>
            {words.replace}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
