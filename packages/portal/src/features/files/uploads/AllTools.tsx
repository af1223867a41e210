import { Button } from '@mantine/core';
import type { Transfer } from '@porthole/protocol';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Dialog } from '../../../base/Dialog.tsx';
import { texts } from '../../../base/texts.ts';
import { type Action, useAction } from '../../../base/useAction.ts';
import styles from '../FolderDialog.module.css';
import { Tool } from '../PaneToolbar.tsx';
import { canAct, type TransferAct, type TransferJobs } from '../transferJobs.ts';
import { isGoing, isOver, isResumable, type Upload } from './upload.ts';
import type { Uploads } from './uploads.ts';

/** Does one thing with every transfer that it can be done with. */
export function useActOnAll(uploads: Uploads, jobs: TransferJobs): Action<[TransferAct]> {
  return useAction(async (act: TransferAct) => {
    if (act === 'pause') uploads.pauseAll();
    else if (act === 'resume') uploads.resumeAll();
    else uploads.cancelAll();
    await jobs.actOnAll(act);
  });
}

interface AllToolsProps {
  uploads: readonly Upload[];
  jobs: readonly Transfer[];
  act(act: TransferAct): void;
}

/** The tools for everything in the list at once. One transfer alone has its own. */
export function AllTools({ uploads, jobs, act }: AllToolsProps) {
  const { transfers: words } = texts.files;
  const [asking, setAsking] = useState(false);
  const open = uploads.filter((upload) => !isOver(upload)).length + jobs.filter((job) => canAct(job, 'cancel')).length;
  if (open < 2) return null;
  return (
    <>
      {uploads.some(isGoing) || jobs.some((job) => canAct(job, 'pause')) ? (
        <Tool label={words.pauseAll} onClick={() => act('pause')} icon={<IconPlayerPause size={16} aria-hidden />} />
      ) : null}
      {uploads.some(isResumable) || jobs.some((job) => canAct(job, 'resume')) ? (
        <Tool label={words.resumeAll} onClick={() => act('resume')} icon={<IconPlayerPlay size={16} aria-hidden />} />
      ) : null}
      <Tool label={words.cancelAll} onClick={() => setAsking(true)} icon={<IconX size={16} aria-hidden />} />
      {asking ? (
        <CancelDialog
          count={open}
          close={() => setAsking(false)}
          cancel={() => {
            setAsking(false);
            act('cancel');
          }}
        />
      ) : null}
    </>
  );
}

function CancelDialog({ count, close, cancel }: { count: number; close: () => void; cancel: () => void }) {
  const { transfers: words } = texts.files;
  return (
    <Dialog title={words.cancelAsk(count)} onClose={close}>
      <div className={styles.form}>
        <p>{words.cancelWhat}</p>
        <div className={styles.actions}>
          <Button variant="default" onClick={close} autoFocus>
            {words.goOn}
          </Button>
          <Button color="red.9" onClick={cancel}>
            {words.cancelAll}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
