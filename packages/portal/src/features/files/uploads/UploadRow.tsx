import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { formatSize, visibleText } from '../../../base/format.ts';
import { texts } from '../../../base/texts.ts';
import { useDevice } from '../../../base/useDevice.ts';
import { Tool } from '../PaneToolbar.tsx';
import styles from './TransfersDock.module.css';
import { isGoing, isOver, isResumable, type Upload } from './upload.ts';
import type { Uploads } from './uploads.ts';

/** One file on its way. */
export function UploadRow({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const { transfers: words } = texts.files;
  const { id, phase, sent, size, error } = upload;
  const device = useDevice(upload.deviceId);
  const share = size > 0 ? Math.min(1, sent / size) : phase === 'done' ? 1 : 0;
  const where = visibleText(`${device?.name ?? ''} ${upload.folder}`.trim(), 120);
  const name = visibleText(upload.path, 200);
  const [wrong, setWrong] = useState(false);
  const isOpen = !isOver(upload);
  return (
    <li className={styles.row} data-phase={phase}>
      <span className={styles.name} title={name}>
        {name}
      </span>
      <span className={styles.tools}>
        {isGoing(upload) ? (
          <Tool
            label={words.pause}
            onClick={() => uploads.pause(id)}
            icon={<IconPlayerPause size={16} aria-hidden />}
          />
        ) : null}
        {isResumable(upload) ? (
          <Tool
            label={words.resume}
            onClick={() => uploads.resume(id)}
            icon={<IconPlayerPlay size={16} aria-hidden />}
          />
        ) : null}
        {phase === 'needsFile' ? <ChooseAgain uploads={uploads} told={setWrong} /> : null}
        {isOpen ? (
          <Tool label={words.cancel} onClick={() => uploads.cancel(id)} icon={<IconX size={16} aria-hidden />} />
        ) : null}
      </span>
      <span className={styles.state} title={where}>
        {words.states[phase]} · {isOpen ? words.of(formatSize(sent), formatSize(size)) : formatSize(size)}
        {error === undefined || phase === 'conflict' ? '' : ` · ${error}`}
      </span>
      {wrong && phase === 'needsFile' ? (
        <span className={styles.wrong} role="alert">
          {words.wrongFile}
        </span>
      ) : null}
      {isOpen ? (
        <span
          className={styles.bar}
          role="progressbar"
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
        >
          <span style={{ width: `${share * 100}%` }} />
        </span>
      ) : null}
    </li>
  );
}

/** A browser forgets files when the page is reloaded: the person points at them again, many at once. */
function ChooseAgain({ uploads, told }: { uploads: Uploads; told: (wrong: boolean) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const choose = (field: HTMLInputElement) => {
    told(uploads.giveAgain([...(field.files ?? [])]) === 0);
    // The same files can be chosen again.
    field.value = '';
  };
  return (
    <>
      <button type="button" className={styles.clear} onClick={() => input.current?.click()}>
        {texts.files.transfers.chooseAgain}
      </button>
      <input ref={input} type="file" multiple hidden onChange={(event) => choose(event.currentTarget)} />
    </>
  );
}
