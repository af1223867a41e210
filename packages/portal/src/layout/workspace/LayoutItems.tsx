import { Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconDeviceFloppy,
  IconDevices,
  IconLayoutGrid,
  IconListDetails,
  IconShare,
  IconShareOff,
} from '@tabler/icons-react';
import { canConfigure } from '../../base/can.ts';
import { visibleText } from '../../base/format.ts';
import { useConnection } from '../../base/portalContext.ts';
import { usePreference } from '../../base/preferences/usePreference.ts';
import { texts } from '../../base/texts.ts';
import { useDevice } from '../../base/useDevice.ts';
import { shareLayout } from './deviceLayout.ts';
import { keepForAll } from './keptLayout.ts';
import type { Workspace } from './workspace.ts';

interface LayoutItemsProps {
  workspace: Workspace;
  /** Asks for a name, or shows what is saved. */
  ask(dialog: 'save' | 'manage'): void;
  /** Something was done that cannot be seen. */
  tell(what: string): void;
}

/** The saved layouts in a menu: apply one, save this one, share it, go back to the usual one. */
export function LayoutItems({ workspace, ask, tell }: LayoutItemsProps) {
  const words = texts.workspace;
  const connection = useConnection();
  const [layouts] = usePreference('layouts');
  return (
    <>
      <Menu.Label>{words.layouts}</Menu.Label>
      {layouts.map(({ id, name, layout }) => (
        <Menu.Item
          key={id}
          leftSection={<IconLayoutGrid size={16} aria-hidden />}
          onClick={() => workspace.apply(layout)}
        >
          {visibleText(name, 64)}
        </Menu.Item>
      ))}
      <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => workspace.reset()}>
        {words.reset}
      </Menu.Item>
      <Menu.Item leftSection={<IconDeviceFloppy size={16} aria-hidden />} onClick={() => ask('save')}>
        {words.saveLayout}
      </Menu.Item>
      {layouts.length > 0 ? (
        <Menu.Item leftSection={<IconListDetails size={16} aria-hidden />} onClick={() => ask('manage')}>
          {words.manageLayouts}
        </Menu.Item>
      ) : null}
      <Menu.Item
        leftSection={<IconDevices size={16} aria-hidden />}
        onClick={() => {
          keepForAll(connection, workspace.write());
          tell(words.forAllDone);
        }}
      >
        {words.forAll}
      </Menu.Item>
      <ShareItems workspace={workspace} tell={tell} />
    </>
  );
}

/** For everybody who opens the device: an administrator's to give and to take. */
function ShareItems({ workspace, tell }: Pick<LayoutItemsProps, 'workspace' | 'tell'>) {
  const words = texts.workspace;
  const connection = useConnection();
  const home = useDevice(workspace.home);
  if (!home || !canConfigure(home)) return null;
  const share = (layout: string | null) =>
    void shareLayout(connection, workspace.home, layout).then(
      () => tell(layout === null ? words.unshared : words.shared),
      () => tell(words.notShared),
    );
  return (
    <>
      <Menu.Item leftSection={<IconShare size={16} aria-hidden />} onClick={() => share(workspace.write())}>
        {words.shareLayout}
      </Menu.Item>
      <Menu.Item leftSection={<IconShareOff size={16} aria-hidden />} onClick={() => share(null)}>
        {words.unshareLayout}
      </Menu.Item>
    </>
  );
}
