import { Menu } from '@mantine/core';
import type { TerminalSession } from '@porthole/protocol';
import { IconChevronDown, IconLayoutColumns, IconLayoutRows } from '@tabler/icons-react';
import { formatAgo, visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { useNow } from '../../base/useNow.ts';
import { useStore } from '../../base/useStore.ts';
import menu from './menus.module.css';
import { sessionName } from './sessionName.ts';
import styles from './TabStrip.module.css';
import type { TerminalWorkspace } from './terminalWorkspace.ts';
import { paneOf } from './workspaceState.ts';

/** Everything a terminal can begin with: a shell, a place beside this one, or a session that runs on the device already. */
export function NewMenu({ workspace }: { workspace: TerminalWorkspace }) {
  const { list } = useStore(workspace.list.state);
  const state = useStore(workspace.state);
  const { tabs: words } = texts.terminal;
  const elsewhere = list?.sessions.filter(({ id }) => paneOf(state, id) === undefined) ?? [];
  const { shells = [] } = list ?? {};
  return (
    <Menu position="bottom-start" width={320}>
      <Menu.Target>
        <button type="button" className={menu.button} aria-label={words.more} title={words.more}>
          <IconChevronDown size={16} aria-hidden />
          {elsewhere.length > 0 ? <span className={menu.count}>{elsewhere.length}</span> : null}
        </button>
      </Menu.Target>
      <Menu.Dropdown className={menu.dropdown}>
        {workspace.types ? <Splits workspace={workspace} disabled={state.tabs.length === 0} /> : null}
        {workspace.types && shells.length > 0 ? (
          <>
            <Menu.Label>{words.shells}</Menu.Label>
            {shells.map((shell) => (
              <Menu.Item key={shell} onClick={() => workspace.begin({ shell })}>
                <span className={styles.shell}>{visibleText(shell)}</span>
              </Menu.Item>
            ))}
          </>
        ) : null}
        <Menu.Label>{words.running}</Menu.Label>
        {elsewhere.length === 0 ? <Menu.Item disabled>{words.nothingElse}</Menu.Item> : null}
        {elsewhere.map((session) => (
          <Menu.Item key={session.id} onClick={() => workspace.show(session.id)}>
            <Running session={session} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Splits({ workspace, disabled }: { workspace: TerminalWorkspace; disabled: boolean }) {
  const { tabs: words } = texts.terminal;
  return (
    <>
      <Menu.Item
        disabled={disabled}
        leftSection={<IconLayoutColumns size={16} aria-hidden />}
        onClick={() => workspace.splitFocused('row')}
      >
        {words.splitRight}
      </Menu.Item>
      <Menu.Item
        disabled={disabled}
        leftSection={<IconLayoutRows size={16} aria-hidden />}
        onClick={() => workspace.splitFocused('column')}
      >
        {words.splitDown}
      </Menu.Item>
    </>
  );
}

function Running({ session }: { session: TerminalSession }) {
  const now = useNow();
  const { tabs: words, status } = texts.terminal;
  const names = session.viewers.map(({ user }) => visibleText(user, 64)).join(', ');
  const details = [
    visibleText(session.command, 40),
    session.folder === undefined ? '' : visibleText(session.folder, 60),
    status.size(session.size.columns, session.size.rows),
    words.since(formatAgo(session.startedAt, now)),
    names === '' ? words.noViewers : words.viewers(names),
  ];
  return (
    <span className={styles.running}>
      <span>{sessionName(session)}</span>
      <span className={styles.dim}>{details.filter((detail) => detail !== '').join(' · ')}</span>
    </span>
  );
}
