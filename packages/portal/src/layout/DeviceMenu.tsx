import { Menu } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { visibleText } from '../base/format.ts';
import { texts } from '../base/texts.ts';
import { useDevice } from '../base/useDevice.ts';
import { RemoveDialog } from './RemoveDialog.tsx';
import { RenameDialog } from './RenameDialog.tsx';

interface DeviceMenuProps {
  id: string;
  /** The button that opened it: the menu lies beside it and gives the focus back to it. */
  button: HTMLElement;
  onClose(): void;
}

/** What an administrator can do to a device from its card. */
export function DeviceMenu({ id, button, onClose }: DeviceMenuProps) {
  const device = useDevice(id);
  const [dialog, setDialog] = useState<'rename' | 'remove'>();
  // Only when everything of the menu has left the page: a modal dialog keeps the focus from the rest of it.
  useEffect(() => () => button.focus(), [button]);
  if (!device) return null;
  const name = visibleText(device.name);
  if (dialog === 'rename') return <RenameDialog id={id} name={device.name} onClose={onClose} />;
  if (dialog === 'remove') return <RemoveDialog id={id} name={name} onClose={onClose} />;
  return <Choices button={button} name={name} choose={setDialog} onClose={onClose} />;
}

interface ChoicesProps {
  button: HTMLElement;
  name: string;
  choose(dialog: 'rename' | 'remove'): void;
  onClose(): void;
}

function Choices({ button, name, choose, onClose }: ChoicesProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    placeAt(anchor.current, button);
    setOpened(true);
  }, [button]);
  return (
    <Menu opened={opened} onChange={(open) => !open && onClose()} position="top-end" width={160} returnFocus={false}>
      <Menu.Target>
        <span ref={anchor} />
      </Menu.Target>
      <Menu.Dropdown aria-label={texts.device.menu(name)}>
        <Menu.Item
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={() => choose('rename')}
          closeMenuOnClick={false}
        >
          {texts.device.rename}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => choose('remove')}
          color="var(--bad)"
          closeMenuOnClick={false}
        >
          {texts.device.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Lays an invisible anchor over the button, which belongs to a card and stays there. */
function placeAt(anchor: HTMLElement | null, button: HTMLElement): void {
  if (!anchor) return;
  const { left, top, width, height } = button.getBoundingClientRect();
  Object.assign(anchor.style, {
    position: 'fixed',
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
    pointerEvents: 'none',
  });
}
