import type { Device } from '@porthole/protocol';
import { useCallback, useEffect, useRef } from 'react';
import { PlaceMessage } from '../../base/PlaceMessage.tsx';
import { usePanelActive, usePanelShown } from '../../base/panelContext.ts';
import { useConnection } from '../../base/portalContext.ts';
import { sentenceFor } from '../../base/sentenceFor.ts';
import { texts } from '../../base/texts.ts';
import { useSelected, useStore } from '../../base/useStore.ts';
import { EndedBar } from './EndedBar.tsx';
import { KeyBar } from './KeyBar.tsx';
import { PaneNoticeBar } from './PaneNoticeBar.tsx';
import styles from './PaneView.module.css';
import { PasteDialog } from './PasteDialog.tsx';
import { SearchBar } from './SearchBar.tsx';
import { StatusLine } from './StatusLine.tsx';
import type { TerminalPane } from './terminalPane.ts';
import type { TerminalWorkspace } from './terminalWorkspace.ts';

interface PaneViewProps {
  device: Device;
  workspace: TerminalWorkspace;
  pane: string;
  /** It has the keyboard when the tab is shown. */
  front: boolean;
  /** It is the only one of its tab. */
  alone: boolean;
  showFolder: ((folder: string) => void) | undefined;
  close(pane: string): void;
}

/** One terminal in its place, with what belongs to it: state, search, notices, keys for touch. */
export function PaneView({ device, workspace, pane: id, front, alone, showFolder, close }: PaneViewProps) {
  const pane = workspace.pane(id);
  const { at, info } = useStore(pane.session.state);
  const state = useStore(pane.state);
  const focus = useCallback(() => pane.screen.focus(), [pane]);
  const { refused, status, ended } = texts.terminal;
  const isConnected = useSelected(useConnection().state, ({ phase }) => phase === 'open');
  const isLost = at.phase === 'reconnecting' || !device.online;
  return (
    <section
      className={styles.pane}
      data-phase={at.phase}
      data-lost={isLost || undefined}
      data-front={(front && !alone) || undefined}
      data-focused={state.focused || undefined}
    >
      {pane.types ? null : <p className={styles.watching}>{status.watching}</p>}
      <div className={styles.body}>
        <Place pane={pane} front={front} />
        {/* The page itself says when it has lost the hub. */}
        {isLost && isConnected && at.phase !== 'ended' && at.phase !== 'refused' ? (
          <p className={styles.lost} role="status">
            {device.online ? status.reconnecting : status.offline}
          </p>
        ) : null}
        {at.phase === 'connecting' && device.online ? <PlaceMessage title={texts.terminal.starting} late /> : null}
        {at.phase === 'refused' ? (
          <PlaceMessage
            title={refused.title}
            what={sentenceFor(at.reason.code, at.reason.message)}
            act={{ label: refused.retry, run: () => pane.session.again() }}
          />
        ) : null}
        {state.searching ? <SearchBar pane={pane} /> : null}
        <PaneNoticeBar pane={pane} />
        {state.focused ? <span className={styles.chord}>{texts.terminal.keys.chord}</span> : null}
      </div>
      {at.phase === 'ended' ? (
        <EndedBar
          end={at.end}
          again={
            workspace.types
              ? { label: ended.again, run: () => workspace.replace(id, { folder: info?.folder, shell: info?.shell }) }
              : undefined
          }
          close={() => close(id)}
        />
      ) : null}
      {pane.types && at.phase === 'live' ? <KeyBar pane={pane} /> : null}
      <StatusLine pane={pane} showFolder={showFolder} />
      {state.pasting ? (
        <PasteDialog paste={state.pasting} answer={(wanted) => pane.answerPaste(wanted)} closed={focus} />
      ) : null}
    </section>
  );
}

/** Where the terminal itself hangs. */
function Place({ pane, front }: { pane: TerminalPane; front: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const isShown = usePanelShown();
  const isActive = usePanelActive();
  useEffect(() => (place.current ? pane.attach(place.current) : undefined), [pane]);
  useEffect(() => {
    // A phone's keyboard comes when it is called.
    if (front && isShown && isActive && !matchMedia('(pointer: coarse)').matches) pane.screen.focus();
  }, [pane, front, isShown, isActive]);
  return <div ref={place} className={styles.place} data-testid={isShown ? 'terminal' : undefined} />;
}
