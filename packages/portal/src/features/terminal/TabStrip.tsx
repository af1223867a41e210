import type { Device } from '@porthole/protocol';
import { IconBell, IconPlus, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { IconButton } from '../../base/IconButton.tsx';
import { texts } from '../../base/texts.ts';
import { useStore } from '../../base/useStore.ts';
import { NewMenu } from './NewMenu.tsx';
import { SettingsMenu } from './SettingsMenu.tsx';
import { sessionName } from './sessionName.ts';
import { TabName } from './TabName.tsx';
import styles from './TabStrip.module.css';
import type { TerminalWorkspace } from './terminalWorkspace.ts';
import type { Tab } from './workspaceState.ts';

interface TabStripProps {
  device: Device;
  workspace: TerminalWorkspace;
  close(pane: string): void;
}

/** The open terminals, and what begins others. */
export function TabStrip({ device, workspace, close }: TabStripProps) {
  const state = useStore(workspace.state);
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const tabs = [...(list.current?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])];
    if (by !== 0 && event.target instanceof HTMLElement) tabs[tabs.indexOf(event.target) + by]?.focus();
  };
  const { tabs: words } = texts.terminal;
  return (
    <div className={styles.strip}>
      <div ref={list} className={styles.tabs}>
        {/* The tabs are its own by name alone: what closes them stands between them, and is no tab. */}
        <span role="tablist" aria-label={words.label} aria-owns={state.tabs.map((tab) => idOf(tab)).join(' ')} />
        {state.tabs.map((tab) => (
          <TabItem
            key={tab.id}
            workspace={workspace}
            tab={tab}
            selected={tab.id === state.active}
            close={close}
            move={onKeyDown}
          />
        ))}
      </div>
      {workspace.types ? (
        <IconButton label={words.add} onClick={() => workspace.begin({})} icon={<IconPlus size={16} />} />
      ) : null}
      <NewMenu workspace={workspace} />
      <span className={styles.gap} />
      <SettingsMenu device={device} workspace={workspace} />
    </div>
  );
}

interface TabItemProps {
  workspace: TerminalWorkspace;
  tab: Tab;
  selected: boolean;
  close(pane: string): void;
  /** To the tabs beside. */
  move(event: KeyboardEvent): void;
}

function idOf(tab: Tab): string {
  return `terminal-tab-${tab.id}`;
}

function TabItem({ workspace, tab, selected, close, move }: TabItemProps) {
  const pane = workspace.known(tab.focused);
  const { list } = useStore(workspace.list.state);
  const state = useStore(workspace.state);
  const rang = useStore(workspace.rings).has(tab.id);
  const [renaming, setRenaming] = useState(false);
  const session = state.sessions[tab.focused];
  const info = list?.sessions.find(({ id }) => id === session) ?? pane?.session.state.get().info;
  const name = info ? sessionName(info) : texts.terminal.starting;
  const { tabs: words } = texts.terminal;
  const mayRename = workspace.types && session !== undefined;
  if (renaming && session !== undefined) {
    const renamed = (next: string | undefined) => {
      setRenaming(false);
      if (next !== undefined) void workspace.rename(session, next).catch(() => undefined);
    };
    return <TabName name={info?.name ?? ''} hint={name} done={renamed} />;
  }
  return (
    <div className={styles.item} data-selected={selected || undefined}>
      <button
        type="button"
        id={idOf(tab)}
        role="tab"
        aria-selected={selected}
        tabIndex={selected ? 0 : -1}
        className={styles.tab}
        title={name}
        onClick={() => workspace.showTab(tab.id)}
        onDoubleClick={() => setRenaming(mayRename)}
        onKeyDown={(event) => (event.key === 'F2' ? setRenaming(mayRename) : move(event))}
        onAuxClick={(event) => event.button === 1 && close(tab.focused)}
      >
        {rang ? <IconBell size={16} aria-label={words.rang} /> : null}
        <span className={styles.name}>{name}</span>
      </button>
      <IconButton label={words.close(name)} onClick={() => close(tab.focused)} icon={<IconX size={16} />} />
    </div>
  );
}
