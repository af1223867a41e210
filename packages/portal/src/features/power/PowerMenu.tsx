import { Menu } from '@mantine/core';
import type { Device, PowerAction } from '@porthole/protocol';
import { IconLock, IconMoon, IconPower, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { can } from '../../base/can.ts';
import type { Command } from '../../base/commandsRegistry.ts';
import { visibleText } from '../../base/format.ts';
import { IconButton } from '../../base/IconButton.tsx';
import { texts } from '../../base/texts.ts';
import { useCommands } from '../../base/useCommands.ts';
import { PowerDialog } from './PowerDialog.tsx';
import { usePowerActions } from './usePowerActions.ts';

const ICONS = { lock: IconLock, sleep: IconMoon, restart: IconRefresh, shutDown: IconPower };

/** What can be done to a whole machine. Nothing is shown to those who may do none of it, nor while the device is away. */
export function PowerMenu({ device }: { device: Device }) {
  const [asking, setAsking] = useState<PowerAction>();
  const [done, setDone] = useState<PowerAction>();
  const may = can(device, 'power') && device.online && device.toggles.power;
  const actions = usePowerActions(device, may);
  useCommands(() => actions.map((action) => commandOf(device, action, setAsking)), may);
  if (!may || actions.length === 0) return null;
  const name = visibleText(device.name);
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <IconButton size={28} label={texts.power.label} icon={<IconPower size={16} aria-hidden />} />
        </Menu.Target>
        <Menu.Dropdown aria-label={texts.power.label}>
          {actions.map((action) => {
            const Icon = ICONS[action];
            return (
              <Menu.Item key={action} leftSection={<Icon size={16} aria-hidden />} onClick={() => setAsking(action)}>
                {texts.power.actions[action]}…
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      <span className="hidden-visually" role="status">
        {done ? texts.power.done[done](name) : ''}
      </span>
      {asking ? (
        <PowerDialog
          device={device}
          action={asking}
          done={() => {
            setDone(asking);
            setAsking(undefined);
          }}
          onClose={() => setAsking(undefined)}
        />
      ) : null}
    </>
  );
}

function commandOf(device: Device, action: PowerAction, ask: (action: PowerAction) => void): Command {
  const name = visibleText(device.name);
  return {
    id: `power.${action}.${device.id}`,
    title: `${texts.power.actions[action]}…`,
    section: 'here',
    detail: name,
    words: texts.power.words[action],
    run: () => ask(action),
  };
}
