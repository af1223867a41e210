import { isErrorCode, type Transfer } from '@porthole/protocol';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { formatSize, visibleText } from '../../../base/format.ts';
import { Problem } from '../../../base/Problem.tsx';
import { texts } from '../../../base/texts.ts';
import { useAction } from '../../../base/useAction.ts';
import { useDevice } from '../../../base/useDevice.ts';
import { Tool } from '../PaneToolbar.tsx';
import { canAct, type TransferAct, type TransferJobs } from '../transferJobs.ts';
import styles from './TransfersDock.module.css';

/** A copy from device to device, which the hub does whether or not somebody looks. */
export function JobRow({ job, jobs }: { job: Transfer; jobs: TransferJobs }) {
  const { transfers: words, notice } = texts.files;
  const act = useAction((what: TransferAct) => jobs.act(job.id, what));
  const to = useDevice(job.to.device);
  const { state, bytes, totalBytes } = job;
  const share = totalBytes ? Math.min(1, bytes / totalBytes) : 0;
  const why = job.error !== undefined && isErrorCode(job.error) ? texts.errors[job.error] : undefined;
  const left = job.failed.length > 0 ? notice.partly(job.failed.length, why ?? '') : why;
  const isOpen = canAct(job, 'cancel');
  return (
    <li className={styles.row} data-phase={state}>
      <span className={styles.name} title={visibleText(job.from.paths.join('\n'), 500)}>
        {words.job(job.from.paths.length)} {words.to(visibleText(`${to?.name ?? ''} ${job.to.folder}`, 120))}
      </span>
      <span className={styles.tools}>
        {canAct(job, 'pause') ? (
          <Tool label={words.pause} onClick={() => act.run('pause')} icon={<IconPlayerPause size={16} aria-hidden />} />
        ) : null}
        {canAct(job, 'resume') ? (
          <Tool
            label={words.resume}
            onClick={() => act.run('resume')}
            icon={<IconPlayerPlay size={16} aria-hidden />}
          />
        ) : null}
        <Tool
          label={isOpen ? words.cancel : notice.dismiss}
          onClick={() => act.run('cancel')}
          icon={<IconX size={16} aria-hidden />}
        />
      </span>
      <span className={styles.state}>
        {words.jobStates[state]} ·{' '}
        {totalBytes === undefined ? formatSize(bytes) : words.of(formatSize(bytes), formatSize(totalBytes))}
        {left === undefined ? '' : ` · ${left}`}
      </span>
      {isOpen ? (
        <span
          className={styles.bar}
          role="progressbar"
          aria-label={words.jobStates[state]}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
        >
          <span style={{ width: `${share * 100}%` }} />
        </span>
      ) : null}
      <Problem>{act.error}</Problem>
    </li>
  );
}
