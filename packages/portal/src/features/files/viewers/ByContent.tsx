import { useEffect, useState } from 'react';
import { FolderMessage } from '../FolderMessage.tsx';
import { extensionOf } from '../fileKinds.ts';
import { HexView } from './HexView.tsx';
import { MediaView } from './MediaView.tsx';
import { TextView } from './TextView.tsx';
import { seemsText, TEXT_HEAD } from './textBytes.ts';
import { isTransportStream, TRANSPORT_STREAM_HEAD } from './transportStream.ts';
import type { ViewerProps } from './Viewer.tsx';

/** Bytes that are enough to tell. */
const HEAD = Math.max(TEXT_HEAD, TRANSPORT_STREAM_HEAD);
/** Endings of code and of films. */
const CODE_OR_VIDEO = new Set(['ts', 'mts']);

/** Whether the ending of a name leaves open what is in it. */
export function isAmbiguous(name: string): boolean {
  return CODE_OR_VIDEO.has(extensionOf(name));
}

/** A file whose name does not say what it is: its first bytes tell. */
export function ByContent(props: ViewerProps) {
  const { pane, path, entry } = props;
  const [head, setHead] = useState<Uint8Array>();
  const { api } = pane;
  useEffect(() => {
    const abort = new AbortController();
    api.readAll(path, HEAD, abort.signal).then(
      ({ bytes }) => setHead(bytes),
      // Whatever shows it says what is wrong.
      () => !abort.signal.aborted && setHead(new Uint8Array()),
    );
    return () => abort.abort();
  }, [api, path]);
  if (!head) return <FolderMessage kind="loading" />;
  if (isAmbiguous(entry.name) && isTransportStream(head)) return <MediaView {...props} />;
  return seemsText(head) ? <TextView {...props} /> : <HexView {...props} />;
}
