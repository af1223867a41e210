import type { Media } from '@porthole/protocol';
import { IconMusic } from '@tabler/icons-react';
import { useState } from 'react';
import { visibleText } from '../../../../base/format.ts';
import type { ViewerProps } from '../Viewer.tsx';
import { formatDuration } from './formatDuration.ts';
import styles from './SoundCard.module.css';

const COVER_PIXELS = 512;

/** What is heard: its picture, its names, how long it is. */
export function SoundCard({
  pane,
  entry,
  path,
  media,
}: Pick<ViewerProps, 'pane' | 'entry' | 'path'> & { media: Media }) {
  const [hasCover, setHasCover] = useState(media.hasCover);
  const url = pane.api.thumbnailUrl(path, COVER_PIXELS, `${entry.modified}-${entry.size}`);
  const about = [media.artist, media.album].filter((text) => text !== undefined);
  return (
    <div className={styles.card}>
      <div className={styles.cover}>
        {hasCover ? (
          <img src={url} alt="" draggable={false} onError={() => setHasCover(false)} />
        ) : (
          <IconMusic size={64} stroke={1} aria-hidden />
        )}
      </div>
      <strong className={styles.line}>{visibleText(media.title ?? entry.name, 200)}</strong>
      {about.length > 0 ? <span className={styles.line}>{visibleText(about.join(' — '), 200)}</span> : null}
      {media.duration === undefined ? null : <span className={styles.length}>{formatDuration(media.duration)}</span>}
    </div>
  );
}
