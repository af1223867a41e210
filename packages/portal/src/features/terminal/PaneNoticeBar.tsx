import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { IconButton } from '../../base/IconButton.tsx';
import { texts } from '../../base/texts.ts';
import { useStore } from '../../base/useStore.ts';
import styles from './bars.module.css';
import type { TerminalPane } from './terminalPane.ts';

/** What just happened in a terminal; read out when it appears. */
export function PaneNoticeBar({ pane }: { pane: TerminalPane }) {
  const { notice } = useStore(pane.state);
  if (!notice) return null;
  const { act } = notice;
  return (
    <div className={styles.notice} role="status">
      <span>{notice.text}</span>
      {act ? (
        <Button size="compact-sm" variant="default" onClick={act.run}>
          {act.label}
        </Button>
      ) : null}
      <IconButton
        label={texts.terminal.notice.dismiss}
        onClick={() => pane.notify(undefined)}
        icon={<IconX size={16} />}
      />
    </div>
  );
}
