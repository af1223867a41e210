import { navigate } from 'wouter/use-browser-location';
import type { Command } from '../../base/commandsRegistry.ts';
import type { Connection } from '../../base/connection.ts';
import { visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { PANEL_KINDS, panelUrl } from '../workspace/panels.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Every device, and every panel of each. */
export function deviceCommands({ devices }: Connection): Command[] {
  const list = devices.list.get() ?? [];
  const section = 'devices' as const;
  const all = list.map(({ id, name, online, system, hostname }): Command => {
    const detail = online ? texts.device.online : texts.device.offline;
    const words = visibleText(`${system} ${hostname}`);
    const run = () => navigate(panelUrl({ device: id, kind: 'screen' }));
    return { id: `device.${id}`, title: visibleText(name), section, detail, words, run };
  });
  const panels = list.flatMap(({ id, name }) =>
    PANEL_KINDS.map((kind): Command => {
      const run = () => navigate(panelUrl({ device: id, kind }));
      return { id: `${kind}.${id}`, title: texts.workspace.kinds[kind], section, detail: visibleText(name), run };
    }),
  );
  return [...all, ...panels];
}

/** Devices whose screen could stand beside what a workspace shows. */
export function besideCommands({ devices }: Connection, workspace: Workspace): Command[] {
  const shown = new Set(workspace.state.get().panels.map(({ device }) => device));
  const list = (devices.list.get() ?? []).filter(({ id }) => !shown.has(id));
  return list.map(({ id, name, online }) => ({
    id: `beside.${id}`,
    title: visibleText(name),
    section: 'devices',
    detail: online ? texts.device.online : texts.device.offline,
    run: () => workspace.open({ device: id, kind: 'screen' }, 'right'),
  }));
}
