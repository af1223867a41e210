import { lazy, Suspense, useEffect, useState } from 'react';
import { sentenceOf } from '../../../base/api.ts';
import { FolderMessage } from '../FolderMessage.tsx';
import { LogView } from './LogView.tsx';
import { decodeText, type Encoding, encodingOf } from './textBytes.ts';
import type { ViewerProps } from './Viewer.tsx';

/** Above this a file is read in parts and not edited, in bytes. */
const MAX_EDIT = 2 * 1024 * 1024;

const TextEditor = lazy(async () => ({ default: (await import('./TextEditor.tsx')).TextEditor }));

/** A text as it was read. */
export interface LoadedText {
  text: string;
  encoding: Encoding;
  /** False when its bytes are no text: saving it would change what cannot be seen. */
  editable: boolean;
  etag: string | undefined;
}

/** Text and code: edited when small enough, otherwise read part by part. */
export function TextView(props: ViewerProps) {
  const { pane, entry, path } = props;
  const [loaded, setLoaded] = useState<LoadedText>();
  const [error, setError] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const { api } = pane;
  const [isLarge] = useState(entry.size > MAX_EDIT);
  useEffect(() => {
    if (isLarge || attempt < 0) return;
    const abort = new AbortController();
    loadText(api, path, abort.signal).then(setLoaded, (reason: unknown) => {
      if (!abort.signal.aborted) setError(sentenceOf(reason));
    });
    return () => abort.abort();
  }, [api, path, isLarge, attempt]);
  if (isLarge) return <LogView {...props} />;
  if (error !== undefined) return <FolderMessage kind="failed" what={error} />;
  if (!loaded) return <FolderMessage kind="loading" />;
  const reload = () => {
    setLoaded(undefined);
    setAttempt(attempt + 1);
  };
  return (
    <Suspense fallback={<FolderMessage kind="loading" />}>
      <TextEditor {...props} loaded={loaded} reload={reload} />
    </Suspense>
  );
}

async function loadText(api: ViewerProps['pane']['api'], path: string, signal: AbortSignal): Promise<LoadedText> {
  const { bytes, etag } = await api.readAll(path, MAX_EDIT + 1, signal);
  const encoding = encodingOf(bytes);
  const { text, exact } = decodeText(bytes, encoding);
  return { text, encoding, editable: exact && bytes.byteLength <= MAX_EDIT, etag };
}
