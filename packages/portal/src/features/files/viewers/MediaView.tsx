import type { FileEntry, Media } from '@porthole/protocol';
import { useEffect, useState } from 'react';
import { sentenceOf } from '../../../base/api.ts';
import { texts } from '../../../base/texts.ts';
import { FolderMessage } from '../FolderMessage.tsx';
import { categoryOf } from '../fileKinds.ts';
import { CannotShow } from './CannotShow.tsx';
import { browserSupport } from './media/browserSupport.ts';
import { MediaPlayer } from './media/MediaPlayer.tsx';
import { type PlayPlan, planPlay } from './media/playPlan.ts';
import type { ViewerProps } from './Viewer.tsx';

/** Sound or film: as it is where the browser can, otherwise converted by the device while it plays. */
export function MediaView(props: ViewerProps) {
  const { pane, path, entry } = props;
  const { found, again } = useMedia(props);
  /** Where the browser gave up on what it had promised to decode, in seconds. */
  const [gaveUpAt, setGaveUpAt] = useState<number>();
  const [hasFailed, setHasFailed] = useState(false);
  if (!found) return <FolderMessage kind="loading" />;
  const { error, media = unknownMedia(entry) } = found;
  const plan: PlayPlan = found.media
    ? planPlay(found.media, browserSupport(), { avoidKeeping: gaveUpAt !== undefined })
    : { kind: gaveUpAt === undefined ? 'file' : 'none' };
  if (plan.kind === 'none' || hasFailed) {
    const retry = () => {
      setGaveUpAt(undefined);
      again();
    };
    const what = error ?? texts.files.viewer.notPlayable;
    return <CannotShow pane={pane} path={path} what={what} retry={error === undefined ? undefined : retry} />;
  }
  return (
    <MediaPlayer
      key={gaveUpAt}
      {...props}
      media={media}
      plan={plan}
      from={gaveUpAt ?? 0}
      gaveUp={(time) => (gaveUpAt === undefined ? setGaveUpAt(time) : setHasFailed(true))}
    />
  );
}

interface Found {
  media?: Media;
  error?: string;
}

/** What is in the file, as the device says. */
function useMedia({ pane, path }: ViewerProps): { found: Found | undefined; again(): void } {
  const [found, setFound] = useState<Found>();
  const [attempt, setAttempt] = useState(0);
  const { api } = pane;
  useEffect(() => {
    if (attempt < 0) return;
    const abort = new AbortController();
    api.media(path, abort.signal).then(
      (media) => setFound({ media }),
      (reason: unknown) => {
        if (!abort.signal.aborted) setFound({ error: sentenceOf(reason) });
      },
    );
    return () => abort.abort();
  }, [api, path, attempt]);
  const again = () => {
    setFound(undefined);
    setAttempt(attempt + 1);
  };
  return { found, again };
}

/** What is said of a file of which the device says nothing: the browser may know it all the same. */
function unknownMedia(entry: FileEntry): Media {
  const video = { codec: '', width: 0, height: 0, rotation: 0 };
  return { container: '', hasCover: false, ...(categoryOf(entry) !== 'audio' && { video }) };
}
