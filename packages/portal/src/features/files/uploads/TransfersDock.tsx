import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { formatRate } from '../../../base/format.ts';
import { Problem } from '../../../base/Problem.tsx';
import { useConnection } from '../../../base/portalContext.ts';
import { texts } from '../../../base/texts.ts';
import { useStore } from '../../../base/useStore.ts';
import { ConflictDialog } from '../ConflictDialog.tsx';
import { canAct, isFinished, type TransferJobs, transferJobsOf } from '../transferJobs.ts';
import { AllTools, useActOnAll } from './AllTools.tsx';
import { formatLeft } from './formatLeft.ts';
import { JobRow } from './JobRow.tsx';
import styles from './TransfersDock.module.css';
import { UploadRow } from './UploadRow.tsx';
import { isOver, type Upload } from './upload.ts';
import type { Uploads } from './uploads.ts';
import { uploadsOf } from './uploadsOf.ts';

/** Rows in the list at once: what needs somebody first, then what is under way, then the rest. */
const MAX_ROWS = 100;
/** Copies between devices above them. */
const MAX_JOBS = 20;
const ORDER: Record<Upload['phase'], number> = {
  conflict: 0,
  failed: 1,
  needsFile: 2,
  running: 3,
  paused: 4,
  waiting: 5,
  skipped: 6,
  done: 7,
};

/** Everything on its way, on whatever page one is. Not there while there is nothing. */
export function TransfersDock() {
  const connection = useConnection();
  const uploads = uploadsOf(connection);
  const jobs = transferJobsOf(connection);
  const view = useStore(uploads.view);
  const list = useStore(jobs.list).slice(0, MAX_JOBS);
  const [open, setOpen] = useState(true);
  const conflict = view.uploads.find(({ phase }) => phase === 'conflict');
  if (view.uploads.length === 0 && list.length === 0) return null;
  const rows = [...view.uploads].sort((a, b) => ORDER[a.phase] - ORDER[b.phase]).slice(0, MAX_ROWS);
  return (
    <aside className={styles.dock} aria-label={texts.files.transfers.title}>
      <Head uploads={uploads} jobs={jobs} open={open} toggle={() => setOpen(!open)} />
      {open ? (
        <ul className={styles.list}>
          {list.map((job) => (
            <JobRow key={job.id} job={job} jobs={jobs} />
          ))}
          {rows.map((upload) => (
            <UploadRow key={upload.id} upload={upload} uploads={uploads} />
          ))}
        </ul>
      ) : null}
      {conflict ? (
        <ConflictDialog
          key={conflict.id}
          name={conflict.path}
          folder={conflict.folder}
          answer={(answer, forAll) => uploads.answer(conflict.id, answer, forAll)}
        />
      ) : null}
    </aside>
  );
}

interface HeadProps {
  uploads: Uploads;
  jobs: TransferJobs;
  open: boolean;
  toggle(): void;
}

function Head({ uploads, jobs, open, toggle }: HeadProps) {
  const { transfers: words } = texts.files;
  const view = useStore(uploads.view);
  const list = useStore(jobs.list);
  const all = useActOnAll(uploads, jobs);
  const left = view.uploads.filter((upload) => !isOver(upload)).length;
  const under = left + list.filter((job) => canAct(job, 'cancel')).length;
  const Icon = open ? IconChevronDown : IconChevronUp;
  const share = view.total > 0 ? view.sent / view.total : 0;
  const clear = () => {
    uploads.clearFinished();
    void jobs.clearFinished();
  };
  return (
    <>
      <header className={styles.head}>
        <button type="button" className={styles.title} aria-expanded={open} title={words.toggle} onClick={toggle}>
          <Icon size={16} aria-hidden />
          <span className={styles.words}>
            <strong>{under > 0 ? words.open(under) : words.title}</strong>
            {view.rate > 0 ? (
              <span className={styles.rate}>
                {words.rate(formatRate(view.rate / 1000), formatLeft((view.total - view.sent) / view.rate))}
              </span>
            ) : null}
          </span>
        </button>
        <AllTools uploads={view.uploads} jobs={list} act={all.run} />
        {view.uploads.length > left || list.some(isFinished) ? (
          <button type="button" className={styles.clear} onClick={clear}>
            {words.clear}
          </button>
        ) : null}
        {left > 0 ? <span className={styles.line} style={{ width: `${share * 100}%` }} aria-hidden /> : null}
      </header>
      <div className={styles.problem}>
        <Problem>{all.error}</Problem>
      </div>
    </>
  );
}
