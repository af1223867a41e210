import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { IconButton } from '../../base/IconButton.tsx';
import { texts } from '../../base/texts.ts';
import styles from './NoticeLine.module.css';
import type { Notice } from './useFileActions.ts';

interface NoticeLineProps {
  notice: Notice | undefined;
  /** Undefined for what stays until it is no longer so. */
  dismiss: (() => void) | undefined;
}

/** What became of the last thing done, or is wrong with what shows; read out when it appears. */
export function NoticeLine({ notice, dismiss }: NoticeLineProps) {
  return (
    <div role={notice?.tone === 'failed' ? 'alert' : 'status'}>
      {notice ? (
        <p className={styles.line} data-tone={notice.tone}>
          {notice.tone === 'failed' ? <IconAlertTriangle size={16} aria-hidden /> : null}
          {notice.tone === 'done' ? <IconCheck size={16} aria-hidden /> : null}
          <span className={styles.text}>{notice.text}</span>
          {notice.stop ? (
            <Button variant="default" size="compact-sm" onClick={notice.stop}>
              {texts.files.notice.stop}
            </Button>
          ) : null}
          {dismiss ? (
            <IconButton label={texts.files.notice.dismiss} onClick={dismiss} icon={<IconX size={16} aria-hidden />} />
          ) : null}
        </p>
      ) : null}
    </div>
  );
}
