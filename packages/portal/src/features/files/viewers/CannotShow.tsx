import { Button } from '@mantine/core';
import { Problem } from '../../../base/Problem.tsx';
import { texts } from '../../../base/texts.ts';
import { useAction } from '../../../base/useAction.ts';
import { downloadFile } from '../downloadFile.ts';
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
  const download = useAction(() => downloadFile(pane.api, path));
  return (
    <div className={styles.words} role="alert">
      <p>{what}</p>
      <div className={styles.actions}>
        {retry ? <Button onClick={retry}>{words.retry}</Button> : null}
        <Button variant="default" loading={download.busy} onClick={download.run}>
          {words.download}
        </Button>
      </div>
      <Problem>{download.error}</Problem>
    </div>
  );
}
