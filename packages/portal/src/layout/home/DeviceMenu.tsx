import { Menu } from '@mantine/core';
import {
  IconBolt,
  IconFolder,
  IconHeartbeat,
  IconPencil,
  IconSquareCheck,
  IconStar,
  IconTerminal2,
  IconTrash,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { can, canConfigure } from '../../base/can.ts';
import { visibleText } from '../../base/format.ts';
import { usePreference } from '../../base/preferences/usePreference.ts';
import { texts } from '../../base/texts.ts';
import { useDevice } from '../../base/useDevice.ts';
import { useHome } from './homeContext.ts';
import { ProfileDialog } from './ProfileDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { WakeDialog } from './WakeDialog.tsx';

interface DeviceMenuProps {
  id: string;
  /** The button that opened it: the menu lies beside it and gives the focus back to it. */
  button: HTMLElement;
  onClose(): void;
}

type DialogName = 'edit' | 'remove' | 'wake';

/** What can be done to a device from its card. */
export function DeviceMenu({ id, button, onClose }: DeviceMenuProps) {
  const device = useDevice(id);
  const [dialog, setDialog] = useState<DialogName>();
  // Only when everything of the menu has left the page: a modal dialog keeps the focus from the rest of it.
  useEffect(() => () => button.focus(), [button]);
  if (!device) return null;
  const name = visibleText(device.name);
  if (dialog === 'edit') return <ProfileDialog device={device} onClose={onClose} />;
  if (dialog === 'remove') return <RemoveDialog id={id} name={name} onClose={onClose} />;
  if (dialog === 'wake') return <WakeDialog ids={[id]} onClose={onClose} />;
  return <Choices id={id} button={button} name={name} choose={setDialog} onClose={onClose} />;
}

interface ChoicesProps {
  id: string;
  button: HTMLElement;
  name: string;
  choose(dialog: DialogName): void;
  onClose(): void;
}

function Choices({ id, button, name, choose, onClose }: ChoicesProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    placeAt(anchor.current, button);
    setOpened(true);
  }, [button]);
  return (
    <Menu opened={opened} onChange={(open) => !open && onClose()} position="top-end" width={220} returnFocus={false}>
      <Menu.Target>
        <span ref={anchor} aria-hidden />
      </Menu.Target>
      <Menu.Dropdown aria-label={texts.device.menu(name)}>
        <Panels id={id} />
        <OwnItems id={id} onClose={onClose} />
        <AdminItems id={id} choose={choose} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Straight to a part of the device. */
function Panels({ id }: { id: string }) {
  const [, navigate] = useLocation();
  const device = useDevice(id);
  if (!device) return null;
  const open = (path: string) => () => navigate(`/devices/${id}${path}`);
  return (
    <>
      {can(device, 'files.read') ? (
        <Item icon={<IconFolder size={16} aria-hidden />} onClick={open('/files')}>
          {texts.device.files}
        </Item>
      ) : null}
      {can(device, 'terminal') ? (
        <Item icon={<IconTerminal2 size={16} aria-hidden />} onClick={open('/terminal')}>
          {texts.device.terminal}
        </Item>
      ) : null}
      {can(device, 'stats') ? (
        <Item icon={<IconHeartbeat size={16} aria-hidden />} onClick={open('/health')}>
          {texts.health.title}
        </Item>
      ) : null}
    </>
  );
}

/** What everybody may do for themselves. */
function OwnItems({ id, onClose }: Pick<ChoicesProps, 'id' | 'onClose'>) {
  const { setFavourite, select } = useHome();
  const isFavourite = usePreference('favourites')[0].includes(id);
  const { menu } = texts.arrange;
  return (
    <>
      <Item icon={<IconStar size={16} aria-hidden />} onClick={() => setFavourite(id, !isFavourite)}>
        {isFavourite ? menu.noFavourite : menu.favourite}
      </Item>
      <Item
        icon={<IconSquareCheck size={16} aria-hidden />}
        onClick={() => {
          select(id, false);
          onClose();
        }}
      >
        {menu.select}
      </Item>
    </>
  );
}

function AdminItems({ id, choose }: Pick<ChoicesProps, 'id' | 'choose'>) {
  const device = useDevice(id);
  if (!device) return null;
  const canWake = !device.online && device.traits.wakeable && can(device, 'power');
  return (
    <>
      {canWake ? (
        <Item icon={<IconBolt size={16} aria-hidden />} onClick={() => choose('wake')} stays>
          {texts.arrange.menu.wake}
        </Item>
      ) : null}
      {canConfigure(device) ? (
        <>
          <Item icon={<IconPencil size={16} aria-hidden />} onClick={() => choose('edit')} stays>
            {texts.arrange.menu.edit}
          </Item>
          <Item icon={<IconTrash size={16} aria-hidden />} onClick={() => choose('remove')} stays color="var(--bad)">
            {texts.device.remove}
          </Item>
        </>
      ) : null}
    </>
  );
}

interface ItemProps {
  icon: ReactNode;
  children: ReactNode;
  onClick(): void;
  /** A dialog takes the menu's place. */
  stays?: boolean;
  color?: string;
}

function Item({ icon, children, onClick, stays, color }: ItemProps) {
  return (
    <Menu.Item leftSection={icon} onClick={onClick} closeMenuOnClick={!stays} {...(color ? { color } : {})}>
      {children}
    </Menu.Item>
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
