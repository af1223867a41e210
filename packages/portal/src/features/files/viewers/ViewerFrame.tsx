import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../../base/api.ts';
import { formatSize, visibleText } from '../../../base/format.ts';
import { Problem } from '../../../base/Problem.tsx';
import { texts } from '../../../base/texts.ts';
import { useAction } from '../../../base/useAction.ts';
import { AskDialog } from '../AskDialog.tsx';
import { downloadFile } from '../downloadFile.ts';
import { FolderMessage } from '../FolderMessage.tsx';
import { isRegular } from '../fileKinds.ts';
import { Tool } from '../PaneToolbar.tsx';
import { SCROLLS } from '../roles.ts';
import type { Pane } from '../usePane.ts';
import { useEntry } from './useEntry.ts';
import { useLeaveGuard } from './useLeaveGuard.ts';
import { Viewer } from './Viewer.tsx';
import styles from './ViewerFrame.module.css';

interface ViewerFrameProps {
  pane: Pane;
  /** Of the entry to show. */
  name: string;
  close(): void;
  /** The page's address speaks of it. */
  inAddress: boolean;
}

/** One file over everything else, with the next and the previous one a key away. */
export function ViewerFrame({ pane, name, close, inAddress }: ViewerFrameProps) {
  const frame = useRef<HTMLDialogElement>(null);
  const { entry, gone, error } = useEntry(pane, name);
  const [unsaved, setUnsaved] = useState(false);
  const [leaving, setLeaving] = useState<(() => void) | undefined>();
  const letGo = useLeaveGuard({ unsaved, inAddress, ask: (go) => setLeaving(() => go) });
  useEffect(() => {
    const dialog = frame.current;
    if (dialog && !dialog.open) dialog.showModal();
    // The keys of the viewer at once, rather than its first button.
    dialog?.focus();
    return () => dialog?.close();
  }, []);
  const download = useAction(() => downloadFile(pane.api, pane.pathOf(name)));
  const leave = (act: () => void) => (unsaved ? setLeaving(() => act) : act());
  const discard = () => {
    letGo();
    leaving?.();
  };
  const files = pane.shown.filter(isRegular);
  const at = files.findIndex((each) => each.name === name);
  const step = (by: number) => {
    const next = at < 0 ? undefined : files[at + by];
    if (next) leave(() => pane.go({ path: pane.path, open: next.name }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const field =
      event.target instanceof HTMLElement &&
      event.target.closest('input, textarea, video, audio, [contenteditable=true]');
    if (event.defaultPrevented || field || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowLeft') step(-1);
    if (event.key === 'ArrowRight') step(1);
  };
  const { viewer: words } = texts.files;
  return (
    <dialog
      ref={frame}
      className={styles.frame}
      {...SCROLLS}
      aria-label={words.label(visibleText(name, 120))}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === event.currentTarget) leave(close);
      }}
    >
      <header className={styles.head}>
        <h2 className={styles.name} title={visibleText(name)}>
          {visibleText(name)}
        </h2>
        <span className={styles.about}>
          {entry ? formatSize(entry.size) : ''} {at >= 0 ? `· ${words.position(at + 1, files.length)}` : ''}
          {unsaved ? ` · ${words.unsaved}` : ''}
        </span>
        <Tool
          label={words.previous}
          disabled={at <= 0}
          onClick={() => step(-1)}
          icon={<IconChevronLeft size={16} aria-hidden />}
        />
        <Tool
          label={words.next}
          disabled={at < 0 || at >= files.length - 1}
          onClick={() => step(1)}
          icon={<IconChevronRight size={16} aria-hidden />}
        />
        <Tool label={words.download} onClick={download.run} icon={<IconDownload size={16} aria-hidden />} />
        <Tool label={words.close} onClick={() => leave(close)} icon={<IconX size={16} aria-hidden />} />
      </header>
      <div className={styles.notices}>
        <Problem>{gone && entry ? words.gone : undefined}</Problem>
        <Problem>{download.error}</Problem>
      </div>
      <Body error={error}>
        {entry ? (
          <Viewer key={name} pane={pane} entry={entry} gone={gone} path={pane.pathOf(name)} setUnsaved={setUnsaved} />
        ) : null}
      </Body>
      {leaving ? (
        <AskDialog
          title={words.leave}
          what={words.leaveWhat}
          no={texts.files.dialogs.cancel}
          yes={words.discard}
          close={() => setLeaving(undefined)}
          act={discard}
        />
      ) : null}
    </dialog>
  );
}

function Body({ error, children }: { error: unknown; children: ReactNode }) {
  return (
    <div className={styles.body}>
      {error === undefined ? children : <FolderMessage kind="failed" what={sentenceOf(error)} />}
    </div>
  );
}
