import { Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconLayout,
  IconMaximize,
  IconMinimize,
  IconPictureInPicture,
  IconPlus,
  IconTable,
  IconX,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { IconButton } from '../../base/IconButton.tsx';
import { texts } from '../../base/texts.ts';
import { useStore } from '../../base/useStore.ts';
import { openPalette } from '../palette/paletteState.ts';
import { ManageLayoutsDialog, SaveLayoutDialog } from './LayoutDialogs.tsx';
import { LayoutItems } from './LayoutItems.tsx';
import styles from './PanelMenu.module.css';
import type { Workspace } from './workspace.ts';
import type { MoveDirection } from './workspaceState.ts';

const SHOWN_MS = 4_000;
const MOVES = { left: IconArrowLeft, right: IconArrowRight, up: IconArrowUp, down: IconArrowDown } as const;

/** What can be done with the panel in front, all of it without a mouse; and the saved layouts. */
export function PanelMenu({ workspace, narrow }: { workspace: Workspace; narrow: boolean }) {
  const words = texts.workspace;
  const dialog = useStore(workspace.dialog);
  const [told, setTold] = useState('');
  useEffect(() => {
    if (told === '') return undefined;
    const timer = setTimeout(() => setTold(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [told]);
  const close = () => workspace.dialog.set(undefined);
  return (
    <>
      <Menu position="bottom-start" width={248} onOpen={() => setTold('')}>
        <Menu.Target>
          <IconButton size={28} label={words.arrange} icon={<IconLayout size={16} aria-hidden />} />
        </Menu.Target>
        <Menu.Dropdown className={styles.dropdown}>
          {narrow ? null : <PanelItems workspace={workspace} />}
          <LayoutItems workspace={workspace} ask={(which) => workspace.dialog.set(which)} tell={setTold} />
        </Menu.Dropdown>
      </Menu>
      <span className={styles.told} role="status" data-shown={told !== '' || undefined}>
        {told}
      </span>
      {dialog === 'save' ? <SaveLayoutDialog workspace={workspace} onClose={close} /> : null}
      {dialog === 'manage' ? <ManageLayoutsDialog onClose={close} /> : null}
    </>
  );
}

function PanelItems({ workspace }: { workspace: Workspace }) {
  const { front, panels, arranged, maximised, floating } = useStore(workspace.state);
  const words = texts.workspace;
  const alone = panels.length < 2;
  if (!front) return null;
  const moves = { left: words.moveLeft, right: words.moveRight, up: words.moveUp, down: words.moveDown };
  return (
    <>
      <Menu.Label>{words.kinds[front.kind]}</Menu.Label>
      <div className={styles.moves}>
        {(Object.keys(moves) as MoveDirection[]).map((direction) => {
          const Icon = MOVES[direction];
          return (
            <Menu.Item
              key={direction}
              className={styles.move}
              aria-label={moves[direction]}
              title={moves[direction]}
              disabled={alone}
              onClick={() => workspace.move(front, direction)}
            >
              <Icon size={16} aria-hidden />
            </Menu.Item>
          );
        })}
      </div>
      <Menu.Item
        leftSection={<IconTable size={16} aria-hidden />}
        disabled={!arranged || floating}
        onClick={() => workspace.join(front)}
      >
        {words.join}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPictureInPicture size={16} aria-hidden />}
        disabled={alone}
        onClick={() => workspace.float(front)}
      >
        {floating ? words.dock : words.float}
      </Menu.Item>
      <Menu.Item
        leftSection={maximised ? <IconMinimize size={16} aria-hidden /> : <IconMaximize size={16} aria-hidden />}
        disabled={(!arranged && !maximised) || floating}
        onClick={() => workspace.maximise(front)}
      >
        {maximised ? words.restore : words.maximise}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconX size={16} aria-hidden />}
        disabled={alone}
        onClick={() => workspace.closePanel(front)}
      >
        {words.closePanel}
      </Menu.Item>
      <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} onClick={() => openPalette({ beside: workspace })}>
        {words.beside}
      </Menu.Item>
    </>
  );
}
