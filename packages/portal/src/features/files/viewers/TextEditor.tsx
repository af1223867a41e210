import { Button } from '@mantine/core';
import { PortholeError } from '@porthole/protocol';
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../../base/api.ts';
import { visibleText } from '../../../base/format.ts';
import { Problem } from '../../../base/Problem.tsx';
import { texts } from '../../../base/texts.ts';
import { CodeEditor } from './codeEditor.ts';
import styles from './TextEditor.module.css';
import type { LoadedText } from './TextView.tsx';
import { encodeText } from './textBytes.ts';
import { isMissing } from './useEntry.ts';
import type { ViewerProps } from './Viewer.tsx';

/** Somebody else wrote the file, or made one where there was none. */
const CONFLICTS: ReadonlySet<string> = new Set(['file.changed', 'file.exists']);

interface TextEditorProps extends ViewerProps {
  loaded: LoadedText;
  reload(): void;
}

/** A text in an editor. Saving never overwrites what somebody else changed meanwhile, unless the person says so. */
export function TextEditor({ pane, entry, gone, path, setUnsaved, loaded, reload }: TextEditorProps) {
  const { viewer: words } = texts.files;
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor>(undefined);
  const editable = loaded.editable && pane.writable;
  const [dirty, setDirty] = useState(false);
  const { save, busy, error, conflict } = useSaving({ pane, path, gone, loaded, editor, saved: () => setDirty(false) });
  useEffect(() => setUnsaved(dirty), [dirty, setUnsaved]);
  const latestSave = useRef(save);
  useEffect(() => {
    latestSave.current = save;
  });
  const { name } = entry;
  useEffect(() => {
    if (!place.current) return;
    const created = new CodeEditor({
      parent: place.current,
      text: loaded.text,
      name,
      label: visibleText(name),
      editable,
      changed: () => setDirty(true),
      save: () => latestSave.current(false),
    });
    editor.current = created;
    return () => created.close();
  }, [loaded, name, editable]);
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        {editable ? (
          <Button size="xs" disabled={!dirty && !gone} loading={busy} onClick={() => save(false)}>
            {gone ? words.saveAnew : words.save}
          </Button>
        ) : null}
        {loaded.editable ? null : <span className={styles.note}>{words.notText}</span>}
        <Problem>{conflict ? words.changed : error}</Problem>
        {conflict ? (
          <>
            <Button size="xs" variant="default" onClick={() => save(true)}>
              {words.overwrite}
            </Button>
            {gone ? null : (
              <Button size="xs" variant="default" onClick={reload}>
                {words.reload}
              </Button>
            )}
          </>
        ) : null}
      </div>
      <div ref={place} className={styles.editor} />
    </div>
  );
}

interface SavingOptions {
  pane: ViewerProps['pane'];
  path: string;
  gone: boolean;
  loaded: LoadedText;
  editor: React.RefObject<CodeEditor | undefined>;
  saved(): void;
}

function useSaving({ pane, path, gone, loaded, editor, saved }: SavingOptions) {
  const etag = useRef(loaded.etag);
  const [state, setState] = useState<{ busy: boolean; error?: string; conflict: boolean }>({
    busy: false,
    conflict: false,
  });
  useEffect(() => {
    etag.current = loaded.etag;
  }, [loaded]);
  const running = useRef(false);
  const again = useRef(false);
  const save = async (overwrite: boolean) => {
    if (running.current) {
      again.current = true;
      return;
    }
    running.current = true;
    try {
      do again.current = false;
      while ((await saveOnce(overwrite)) && again.current);
    } finally {
      running.current = false;
    }
  };
  /** False when it failed. */
  const saveOnce = async (overwrite: boolean) => {
    const text = editor.current?.text;
    if (text === undefined) return false;
    setState({ busy: true, conflict: false });
    try {
      // Whatever is there now is what the person chose to overwrite.
      if (overwrite) etag.current = await etagAt(pane, path);
      else if (gone) etag.current = undefined;
      etag.current = quoted((await pane.api.save(path, encodeText(text, loaded.encoding), etag.current)).etag);
      setState({ busy: false, conflict: false });
      if (gone) pane.refresh();
      // What was typed while it was being saved is not saved.
      if (editor.current?.text === text) saved();
      return true;
    } catch (reason) {
      const conflict = reason instanceof PortholeError && CONFLICTS.has(reason.code);
      setState({ busy: false, conflict, error: sentenceOf(reason) });
      return false;
    }
  };
  return { ...state, save: (overwrite: boolean) => void save(overwrite) };
}

/** The file as it is now; undefined when there is none. */
async function etagAt(pane: ViewerProps['pane'], path: string): Promise<string | undefined> {
  try {
    return quoted((await pane.api.properties(path)).etag);
  } catch (reason) {
    if (isMissing(reason)) return undefined;
    throw reason;
  }
}

/** As it stands in a header. */
function quoted(etag: string | undefined): string | undefined {
  return etag === undefined ? undefined : `"${etag}"`;
}
