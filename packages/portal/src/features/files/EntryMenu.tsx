import { Menu } from '@mantine/core';
import { texts } from '../../base/texts.ts';
import type { OpenDialog } from './FolderDialog.tsx';
import type { PaneCommands } from './FolderPane.tsx';
import type { FileActions } from './useFileActions.ts';
import type { Pane } from './usePane.ts';

interface EntryMenuProps {
  pane: Pane;
  actions: FileActions;
  commands: PaneCommands;
  /** In the window. */
  at: { x: number; y: number };
  close(): void;
  openDialog(dialog: OpenDialog): void;
}

/** What can be done with what is chosen, where the pointer is. */
export function EntryMenu({ pane, actions, commands, at, close, openDialog }: EntryMenuProps) {
  const { actions: words } = texts.files;
  const only = pane.chosen.length === 1 ? pane.chosen[0] : undefined;
  return (
    <Menu opened onChange={(open) => !open && close()} position="bottom-start" width={184}>
      <Menu.Target>
        <span style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} aria-hidden />
      </Menu.Target>
      <Menu.Dropdown aria-label={words.label}>
        {only ? <Menu.Item onClick={() => commands.open(only.name)}>{words.open}</Menu.Item> : null}
        <Menu.Item onClick={actions.download}>{words.download}</Menu.Item>
        {pane.writable ? (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => commands.take('move')}>{words.cut}</Menu.Item>
            <Menu.Item onClick={() => commands.take('copy')}>{words.copy}</Menu.Item>
            {only ? <Menu.Item onClick={() => commands.rename(only.name)}>{words.rename}</Menu.Item> : null}
            <Menu.Item color="var(--bad)" onClick={() => commands.remove(false)}>
              {words.remove}
            </Menu.Item>
          </>
        ) : null}
        {only ? (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => openDialog({ kind: 'properties', path: pane.pathOf(only.name) })}>
              {words.properties}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
