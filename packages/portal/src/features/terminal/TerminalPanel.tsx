import type { Device } from '@porthole/protocol';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { can, canToggle } from '../../base/can.ts';
import { PlaceMessage } from '../../base/PlaceMessage.tsx';
import { usePanelActive, usePanelAddress } from '../../base/panelContext.ts';
import { useConnection } from '../../base/portalContext.ts';
import { sentenceFor } from '../../base/sentenceFor.ts';
import { texts } from '../../base/texts.ts';
import { useCommands } from '../../base/useCommands.ts';
import { useSelected, useStore } from '../../base/useStore.ts';
import '@xterm/xterm/css/xterm.css';
import { CloseDialog } from './CloseDialog.tsx';
import { PaneGrid } from './PaneGrid.tsx';
import { isBusy } from './sessionName.ts';
import { TabStrip } from './TabStrip.tsx';
import styles from './TerminalPanel.module.css';
import { readTerminalUrl, terminalUrl } from './terminalUrl.ts';
import type { TerminalWorkspace } from './terminalWorkspace.ts';
import { useWorkspace } from './useWorkspace.ts';
import { activeTab, focusedSession } from './workspaceState.ts';

interface TerminalPanelProps {
  device: Device;
  /** Shows a folder of the device among its files; undefined when the person may not see them. */
  showFolder: ((folder: string) => void) | undefined;
}

/** The command line of a device: its sessions in tabs and panes. */
export function TerminalPanel({ device, showFolder }: TerminalPanelProps) {
  const { api } = useConnection();
  const { refused } = texts.terminal;
  if (!device.toggles.terminal) {
    const switchOn = {
      label: refused.switchOn,
      run: () => void api.setToggle(device.id, 'terminal', true).catch(() => undefined),
    };
    return <PlaceMessage title={refused.off} what={refused.offWhat} act={canToggle(device) ? switchOn : undefined} />;
  }
  // Whoever may type or not has another terminal altogether.
  return <Workspace key={String(can(device, 'terminal'))} device={device} showFolder={showFolder} />;
}

function Workspace({ device, showFolder }: TerminalPanelProps) {
  const strip = useRef<HTMLDivElement>(null);
  const [closing, setClosing] = useState<string>();
  const workspace = useWorkspace(device, {
    left: () => strip.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus(),
    closing: setClosing,
  });
  const begin = () => workspace?.begin({});
  useCommands(
    () => [{ id: 'terminal.new', title: texts.palette.terminal.add, section: 'here', run: begin }],
    usePanelActive() && workspace?.types === true,
  );
  if (!workspace) return null;
  const close = (pane: string) => {
    const { info, at } = workspace.pane(pane).session.state.get();
    const runs = at.phase === 'live' || at.phase === 'reconnecting' || at.phase === 'connecting';
    if (!workspace.types || !runs) return workspace.detach(pane);
    // What somebody else looks at, or what works, is not ended without a word.
    if (info && !isBusy(info) && info.viewers.length <= 1 && at.phase === 'live')
      void workspace.end(pane).catch(() => setClosing(pane));
    else setClosing(pane);
  };
  return (
    <div className={styles.panel}>
      <div ref={strip} className={styles.strip}>
        <TabStrip device={device} workspace={workspace} close={close} />
      </div>
      <Contents device={device} workspace={workspace} showFolder={showFolder} close={close} />
      {closing === undefined ? null : (
        <Closing key={closing} workspace={workspace} pane={closing} done={() => setClosing(undefined)} />
      )}
    </div>
  );
}

interface ContentsProps extends TerminalPanelProps {
  workspace: TerminalWorkspace;
  close(pane: string): void;
}

function Contents({ device, workspace, showFolder, close }: ContentsProps): ReactNode {
  const { list, refusal } = useStore(workspace.list.state);
  const state = useStore(workspace.state);
  useAddress(device.id, workspace);
  const { refused } = texts.terminal;
  const tab = activeTab(state);
  if (tab) return <PaneGrid device={device} workspace={workspace} tab={tab} showFolder={showFolder} close={close} />;
  if (!device.online) return <PlaceMessage title={refused.offline} what={refused.offlineWhat} />;
  if (refusal) {
    const again = { label: refused.retry, run: () => workspace.list.retry() };
    return <PlaceMessage title={refused.title} what={sentenceFor(refusal.code, refusal.message)} act={again} />;
  }
  if (!list) return <PlaceMessage title={texts.terminal.connecting} late />;
  if (!workspace.types) return <PlaceMessage title={refused.nothing} what={refused.nothingWhat} />;
  const begin = { label: texts.terminal.tabs.add, run: () => workspace.begin({}) };
  return <PlaceMessage title={refused.none} what={refused.noneWhat} act={begin} />;
}

/** Begins as the address says, and keeps the address of the page that of the session in front. */
function useAddress(deviceId: string, workspace: TerminalWorkspace): void {
  const { username } = useConnection().session;
  const isKnown = useSelected(workspace.list.state, ({ list }) => list !== undefined);
  const state = useStore(workspace.state);
  const { pathname, search, navigate } = usePanelAddress();
  const { session, folder } = readTerminalUrl(pathname, search);
  useEffect(() => {
    if (isKnown) workspace.go({ session, folder }, username);
  }, [workspace, isKnown, session, folder, username]);
  const focused = focusedSession(state);
  useEffect(() => {
    // By the latest state: what the address asked for a moment ago is not undone.
    const url = terminalUrl(deviceId, focusedSession(workspace.state.get()) ?? focused);
    const isOther = url !== pathname + search;
    if (isKnown && isOther) navigate(url, { replace: true });
  }, [workspace, deviceId, isKnown, focused, pathname, search, navigate]);
}

interface ClosingProps {
  workspace: TerminalWorkspace;
  pane: string;
  done(): void;
}

function Closing({ workspace, pane, done }: ClosingProps) {
  const { info } = useStore(workspace.pane(pane).session.state);
  // Only when the dialog has left the page.
  useEffect(() => () => workspace.focusedPane?.screen.focus(), [workspace]);
  return <CloseDialog info={info} end={() => workspace.end(pane)} detach={() => workspace.detach(pane)} done={done} />;
}
