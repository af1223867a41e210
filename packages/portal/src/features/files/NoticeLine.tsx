import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { IconButton } from '../../base/IconButton.tsx';
import { texts } from '../../base/texts.ts';
import styles from './NoticeLine.module.css';
import type { Notice } from './useFileActions.ts';

/** What became of the last thing done; read out when it appears. */
export function NoticeLine({ notice, dismiss }: { notice: Notice | undefined; dismiss: () => void }) {
  return (
    <div role={notice?.tone === 'failed' ? 'alert' : 'status'}>
      {notice ? (
        <p className={styles.line} data-tone={notice.tone}>
          {notice.tone === 'failed' ? <IconAlertTriangle size={16} aria-hidden /> : null}
          {notice.tone === 'done' ? <IconCheck size={16} aria-hidden /> : null}
          <span className={styles.text}>{notice.text}</span>
          <IconButton label={texts.files.notice.dismiss} onClick={dismiss} icon={<IconX size={16} aria-hidden />} />
        </p>
      ) : null}
    </div>
  );
}
