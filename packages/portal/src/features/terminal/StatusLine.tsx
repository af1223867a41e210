import type { TerminalSession } from '@porthole/protocol';
import { useEffect, useRef, useState } from 'react';
import { initials, visibleText } from '../../base/format.ts';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useStore } from '../../base/useStore.ts';
import styles from './bars.module.css';
import type { TerminalPane } from './terminalPane.ts';
import viewers from './Viewers.module.css';

interface StatusLineProps {
  pane: TerminalPane;
  showFolder: ((folder: string) => void) | undefined;
}

const MAC = /^Mac/.test(navigator.platform);

/** What is known of a session, in one line below it: is it recorded, where it is, who sees it, how large it is. */
export function StatusLine({ pane, showFolder }: StatusLineProps) {
  const { info } = useStore(pane.session.state);
  const { link } = useStore(pane.state);
  const { status } = texts.terminal;
  if (!info) return <div className={styles.status} />;
  const hint = link === undefined ? undefined : (MAC ? status.linkHintMac : status.linkHint)(visibleText(link, 200));
  return (
    <div className={styles.status}>
      {info.recording ? (
        <span className={styles.recording} title={status.recordingWhat}>
          {status.recording}
        </span>
      ) : null}
      {hint === undefined ? <Where info={info} showFolder={showFolder} /> : <span className={styles.cut}>{hint}</span>}
      <span className={styles.gap} />
      <Typist info={info} />
      <Viewers info={info} />
      <span>{status.size(info.size.columns, info.size.rows)}</span>
    </div>
  );
}

function Where({ info, showFolder }: { info: TerminalSession } & Pick<StatusLineProps, 'showFolder'>) {
  const { status } = texts.terminal;
  const { folder } = info;
  return (
    <>
      <span className={styles.cut} title={visibleText(info.shell)}>
        {visibleText(info.command || info.shell, 80)}
      </span>
      {folder === undefined ? null : showFolder ? (
        <button
          type="button"
          className={`${styles.folder} ${styles.cut}`}
          title={status.showInFiles}
          aria-label={`${status.showInFiles}: ${visibleText(folder, 400)}`}
          onClick={() => showFolder(folder)}
        >
          {visibleText(folder, 400)}
        </button>
      ) : (
        <span className={styles.cut}>{visibleText(folder, 400)}</span>
      )}
    </>
  );
}

/** How long somebody who typed is named, in ms. */
const TYPING_MS = 3_000;

/** Who else types right now, shown for a moment. */
function Typist({ info }: { info: TerminalSession }) {
  const own = useStore(useConnection().state).viewer;
  const { typist } = info;
  const [shown, setShown] = useState<string>();
  const [viewer, at, user] = [typist?.viewer, typist?.at, typist?.user];
  // What was typed before this page looked is no news.
  const known = useRef(at);
  useEffect(() => {
    if (at === undefined || at === known.current || viewer === own) return setShown(undefined);
    known.current = at;
    setShown(user);
    const timer = setTimeout(() => setShown(undefined), TYPING_MS);
    return () => clearTimeout(timer);
  }, [at, viewer, user, own]);
  return <span role="status">{shown === undefined ? '' : texts.terminal.status.typing(visibleText(shown, 64))}</span>;
}

const MOST_SHOWN = 3;

function Viewers({ info }: { info: TerminalSession }) {
  if (info.viewers.length < 2) return null;
  const names = info.viewers.map(({ user }) => visibleText(user, 64));
  const label = texts.terminal.status.viewers(names.join(', '));
  return (
    <span className={viewers.row} role="img" aria-label={label} title={label}>
      {info.viewers.slice(0, MOST_SHOWN).map(({ viewer, user }) => (
        <span key={viewer} data-typing={viewer === info.typist?.viewer || undefined}>
          {initials(user)}
        </span>
      ))}
      {names.length > MOST_SHOWN ? <span>{texts.viewers.more(names.length - MOST_SHOWN)}</span> : null}
    </span>
  );
}
