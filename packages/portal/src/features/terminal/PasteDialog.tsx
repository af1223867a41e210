import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { Dialog } from '../../base/Dialog.tsx';
import { visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import styles from './dialogs.module.css';
import type { Paste } from './screen/safePaste.ts';

/** Lines that are shown of a longer text, and characters of a longer line. */
const LINES = 12;
const CHARACTERS = 200;

interface PasteDialogProps {
  paste: Paste;
  answer(wanted: boolean): void;
  /** It is gone, whatever the answer; must be stable. */
  closed(): void;
}

/** Asks before several lines are typed at once, and shows them. */
export function PasteDialog({ paste, answer, closed }: PasteDialogProps) {
  // Only when it has left the page: a modal dialog keeps the focus from the rest of it.
  useEffect(() => closed, [closed]);
  const words = texts.terminal.paste;
  const lines = paste.text.split('\r', LINES).map((line) => visibleText(line.replaceAll('\t', '    '), CHARACTERS));
  const more = paste.lines - lines.length;
  return (
    <Dialog title={words.title(paste.lines)} onClose={() => answer(false)}>
      <p className={styles.text}>
        {words.what} {paste.removed > 0 ? words.removed(paste.removed) : ''}
      </p>
      <pre className={styles.preview}>
        {lines.join('\n')}
        {more > 0 ? `\n${words.more(more)}` : ''}
      </pre>
      <div className={styles.actions}>
        <Button variant="default" onClick={() => answer(false)}>
          {words.cancel}
        </Button>
        <Button onClick={() => answer(true)} autoFocus>
          {words.paste}
        </Button>
      </div>
    </Dialog>
  );
}
