import { Button } from '@mantine/core';
import type { FileProperties } from '@porthole/protocol';
import { type ReactNode, useEffect, useState } from 'react';
import { sentenceOf } from '../../base/api.ts';
import { Dialog } from '../../base/Dialog.tsx';
import { formatExact, formatSize, visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import dialogStyles from './FolderDialog.module.css';
import { isRegular, kindLabel } from './fileKinds.ts';
import { ModeFields } from './ModeFields.tsx';
import styles from './PropertiesDialog.module.css';
import type { Pane } from './usePane.ts';

interface PropertiesDialogProps {
  pane: Pane;
  path: string;
  close(): void;
}

/** Everything that is known of one entry, and its permissions to change. */
export function PropertiesDialog({ pane, path, close }: PropertiesDialogProps) {
  const { properties: words } = texts.files;
  const [known, setKnown] = useState<FileProperties>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    const abort = new AbortController();
    pane.api.properties(path, abort.signal).then(setKnown, (reason: unknown) => {
      if (!abort.signal.aborted) setError(sentenceOf(reason));
    });
    return () => abort.abort();
  }, [pane.api, path]);
  return (
    <Dialog title={visibleText(known?.name ?? words.path)} onClose={close}>
      <div className={dialogStyles.form}>
        <Problem>{error}</Problem>
        {known ? <Facts known={known} /> : null}
        {known?.mode !== undefined ? (
          <ModeFields
            mode={known.mode}
            apply={
              pane.writable && known.kind !== 'link'
                ? async (mode) => {
                    setKnown(await pane.api.setMode(path, mode));
                    pane.refresh();
                  }
                : undefined
            }
          />
        ) : null}
        {known && isRegular(known) ? <Checksum pane={pane} path={path} size={known.size} /> : null}
        <div className={dialogStyles.actions}>
          <Button variant="default" onClick={close} autoFocus>
            {texts.files.dialogs.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Facts({ known }: { known: FileProperties }) {
  const { properties: words } = texts.files;
  const facts: [string, ReactNode][] = [
    [words.path, <code key="path">{visibleText(known.path, 4096)}</code>],
    [words.kind, kindLabel(known)],
  ];
  if (known.kind !== 'directory') facts.push([words.size, `${formatSize(known.size)} (${words.bytes(known.size)})`]);
  if (known.allocated !== undefined) facts.push([words.allocated, formatSize(known.allocated)]);
  if (known.linkText !== undefined) facts.push([words.linkText, visibleText(known.linkText, 4096)]);
  facts.push([words.modified, formatExact(known.modified)]);
  if (known.created !== undefined) facts.push([words.created, formatExact(known.created)]);
  if (known.accessed !== undefined) facts.push([words.accessed, formatExact(known.accessed)]);
  if (known.owner !== undefined) facts.push([words.owner, visibleText(`${known.owner} · ${known.group ?? ''}`, 128)]);
  if ((known.names ?? 1) > 1) facts.push([words.names, known.names]);
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Computed on the device, and only when asked for: it reads the whole file. */
function Checksum({ pane, path, size }: { pane: Pane; path: string; size: number }) {
  const { properties: words } = texts.files;
  const [sum, setSum] = useState<string>();
  const [read, setRead] = useState(0);
  const [abort] = useState(() => new AbortController());
  useEffect(() => () => abort.abort(), [abort]);
  const compute = useAction(async () => setSum(await pane.api.hash(path, { told: setRead, signal: abort.signal })));
  return (
    <div className={styles.checksum}>
      <span className={styles.term}>{words.checksum}</span>
      {sum === undefined ? (
        <Button variant="default" size="compact-sm" onClick={() => compute.run()} disabled={compute.busy}>
          {compute.busy ? `${formatSize(read)} / ${formatSize(size)}` : words.compute}
        </Button>
      ) : (
        <code>{visibleText(sum, 64)}</code>
      )}
      <Problem>{compute.error}</Problem>
    </div>
  );
}
