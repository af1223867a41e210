import type { Transfer } from '@porthole/protocol';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { texts } from '../../../base/texts.ts';
import { type Action, useAction } from '../../../base/useAction.ts';
import { AskDialog } from '../AskDialog.tsx';
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
        <AskDialog
          title={words.cancelAsk(open)}
          what={words.cancelWhat}
          no={words.goOn}
          yes={words.cancelAll}
          close={() => setAsking(false)}
          act={() => {
            setAsking(false);
            act('cancel');
          }}
        />
      ) : null}
    </>
  );
}
