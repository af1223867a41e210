import { useState } from 'react';
import { visibleText } from '../../../base/format.ts';
import { texts } from '../../../base/texts.ts';
import { categoryOf } from '../fileKinds.ts';
import styles from './MediaView.module.css';
import type { ViewerProps } from './Viewer.tsx';

/** Sound or film by the browser's own player, which asks only for the parts that it plays. */
export function MediaView({ pane, entry, path }: ViewerProps) {
  const [failed, setFailed] = useState(false);
  const Media = categoryOf(entry) === 'audio' ? 'audio' : 'video';
  if (failed) {
    return (
      <p className={styles.words} role="alert">
        {texts.files.viewer.notPlayable}
      </p>
    );
  }
  return (
    <div className={styles.stage}>
      <Media
        className={styles.player}
        src={pane.api.contentUrl(path)}
        aria-label={visibleText(entry.name)}
        controls
        autoPlay
        preload="metadata"
        onError={() => setFailed(true)}
      />
    </div>
  );
}
