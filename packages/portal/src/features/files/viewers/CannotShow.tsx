import { Button } from '@mantine/core';
import { texts } from '../../../base/texts.ts';
import { saveUrl } from '../saveUrl.ts';
import styles from './CannotShow.module.css';
import type { ViewerProps } from './Viewer.tsx';

interface CannotShowProps extends Pick<ViewerProps, 'pane' | 'path'> {
  what: string;
  /** Offered when another try may do better. */
  retry?: (() => void) | undefined;
}

/** Why there is nothing to see or to hear, and what can be done. */
export function CannotShow({ pane, path, what, retry }: CannotShowProps) {
  const { viewer: words } = texts.files;
  return (
    <div className={styles.words} role="alert">
      <p>{what}</p>
      <div className={styles.actions}>
        {retry ? <Button onClick={retry}>{words.retry}</Button> : null}
        <Button variant="default" onClick={() => saveUrl(pane.api.contentUrl(path, 'download'))}>
          {words.download}
        </Button>
      </div>
    </div>
  );
}
