import { useEffect, useState } from 'react';
import { FolderMessage } from '../FolderMessage.tsx';
import { MediaView } from './MediaView.tsx';
import { TextView } from './TextView.tsx';
import { isTransportStream, TRANSPORT_STREAM_HEAD } from './transportStream.ts';
import type { ViewerProps } from './Viewer.tsx';

/** A file whose ending means TypeScript or a film: its first bytes tell. */
export function CodeOrVideo(props: ViewerProps) {
  const { pane, path } = props;
  const [isVideo, setIsVideo] = useState<boolean>();
  const { api } = pane;
  useEffect(() => {
    const abort = new AbortController();
    api.read(path, { offset: 0, length: TRANSPORT_STREAM_HEAD }, abort.signal).then(
      ({ bytes }) => setIsVideo(isTransportStream(bytes)),
      // The text viewer says what is wrong.
      () => !abort.signal.aborted && setIsVideo(false),
    );
    return () => abort.abort();
  }, [api, path]);
  if (isVideo === undefined) return <FolderMessage kind="loading" />;
  return isVideo ? <MediaView {...props} /> : <TextView {...props} />;
}
