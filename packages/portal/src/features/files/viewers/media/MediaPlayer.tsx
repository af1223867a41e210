import type { Media } from '@porthole/protocol';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../../../base/api.ts';
import { visibleText } from '../../../../base/format.ts';
import { CannotShow } from '../CannotShow.tsx';
import type { ViewerProps } from '../Viewer.tsx';
import { ConvertedPlayback } from './convertedPlayback.ts';
import styles from './MediaPlayer.module.css';
import type { PlayPlan } from './playPlan.ts';
import { SoundCard } from './SoundCard.tsx';

interface MediaPlayerProps extends ViewerProps {
  media: Media;
  plan: Exclude<PlayPlan, { kind: 'none' }>;
  /** Where it begins, in seconds. */
  from: number;
  /** The browser cannot decode it after all. */
  gaveUp(time: number): void;
}

/** The browser's own player, fed by the file or by the device. */
export function MediaPlayer(props: MediaPlayerProps) {
  const { pane, entry, path, media, plan, gaveUp } = props;
  const element = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  const { error, retry } = useConverted(element, props);
  const Player = media.video ? 'video' : 'audio';
  return (
    <div className={styles.stage} data-kind={Player}>
      {media.video ? null : <SoundCard pane={pane} entry={entry} path={path} media={media} />}
      <Player
        ref={element}
        className={styles.player}
        aria-label={visibleText(entry.name)}
        data-source={plan.kind}
        {...(plan.kind === 'file' && { src: pane.api.contentUrl(path) })}
        controls
        autoPlay
        preload="metadata"
        onError={({ currentTarget }) => {
          // A player without a source says so when it is closed.
          if (currentTarget.getAttribute('src')) gaveUp(currentTarget.currentTime);
        }}
      />
      {error === undefined ? null : <CannotShow pane={pane} path={path} what={error} retry={retry} />}
    </div>
  );
}

function useConverted(
  element: RefObject<HTMLMediaElement | null>,
  { pane, path, media, plan, from }: MediaPlayerProps,
) {
  const [error, setError] = useState<string>();
  const playback = useRef<ConvertedPlayback>(undefined);
  const { api } = pane;
  const { duration } = media;
  const [video, audio] = plan.kind === 'converted' ? [plan.video, plan.audio] : [];
  useEffect(() => {
    if (!element.current || video === undefined || audio === undefined) return;
    const opened = new ConvertedPlayback({
      element: element.current,
      duration,
      from,
      open: (time, signal) => api.play(path, { from: time, video, audio }, signal),
      failed: (reason) => setError(sentenceOf(reason)),
    });
    playback.current = opened;
    return () => opened.close();
  }, [element, api, path, duration, video, audio, from]);
  const retry = () => {
    setError(undefined);
    playback.current?.retry();
  };
  return { error, retry };
}
