import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import { Dialog } from '../../../base/Dialog.tsx';
import { visibleText } from '../../../base/format.ts';
import { texts } from '../../../base/texts.ts';
import dialogStyles from '../FolderDialog.module.css';
import type { Upload } from './upload.ts';
import type { Uploads } from './uploads.ts';

/** Asks what to do with a file whose name is taken. The safe answer has the focus. */
export function ConflictDialog({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const { conflict: words } = texts.files;
  const [forAll, setForAll] = useState(false);
  const checkId = useId();
  const answer = (conflict: 'skip' | 'replace' | 'rename' | 'same') => uploads.answer(upload.id, conflict, forAll);
  return (
    <Dialog title={words.title(visibleText(upload.path, 120))} onClose={() => answer('skip')}>
      <div className={dialogStyles.form}>
        <p>{words.what(visibleText(upload.folder, 200))}</p>
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
          <Button variant="default" onClick={() => answer('skip')} autoFocus>
            {words.skip}
          </Button>
          <Button variant="default" onClick={() => answer('same')}>
            {words.skipSame}
          </Button>
          <Button variant="default" onClick={() => answer('rename')}>
            {words.keepBoth}
          </Button>
          <Button color="red.9" onClick={() => answer('replace')}>
            {words.replace}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
