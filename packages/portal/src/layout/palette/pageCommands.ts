import { navigate } from 'wouter/use-browser-location';
import { can } from '../../base/can.ts';
import type { Command } from '../../base/commandsRegistry.ts';
import type { Connection } from '../../base/connection.ts';
import { visibleText } from '../../base/format.ts';
import type { Portal } from '../../base/portal.ts';
import { texts } from '../../base/texts.ts';
import { PANEL_KINDS, PANEL_RIGHTS } from '../workspace/panels.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { workspacesOf } from '../workspace/workspaces.ts';

/** The pages of the portal, and leaving it. */
export function pageCommands(portal: Portal): Command[] {
  const words = texts.palette.pages;
  const page = (id: string, title: string, url: string): Command => ({
    id: `page.${id}`,
    title,
    section: 'pages',
    run: () => navigate(url),
  });
  return [
    page('home', words.home, '/'),
    page('run', words.run, '/run'),
    page('alerts', words.alerts, '/alerts'),
    page('settings', words.settings, '/settings'),
    {
      id: 'portal.signOut',
      title: words.signOut,
      section: 'portal',
      run: () => void portal.signOut().catch(() => undefined),
    },
  ];
}

/** What can be done with the panels on the page, and the saved layouts for them. */
export function workspaceCommands(connection: Connection): Command[] {
  const { shown } = workspacesOf(connection).state.get();
  return shown ? [...panelCommands(connection, shown), ...layoutCommands(connection, shown)] : [];
}

function panelCommands({ devices }: Connection, workspace: Workspace): Command[] {
  const { front, panels, arranged, floating, maximised } = workspace.state.get();
  const device = front && devices.device(front.device).get();
  if (!front || !device) return [];
  const words = texts.workspace;
  const detail = visibleText(device.name);
  const here = (id: string, title: string, run: () => void): Command => ({
    id: `panel.${id}`,
    title,
    section: 'here',
    detail: words.kinds[front.kind],
    run,
  });
  const kinds = PANEL_KINDS.filter((kind) => can(device, PANEL_RIGHTS[kind]));
  const open = kinds.map(
    (kind): Command => ({
      // The same as among all devices, but here it opens in this workspace.
      id: `${kind}.${device.id}`,
      title: words.kinds[kind],
      section: 'here',
      detail,
      run: () => workspace.open({ device: device.id, kind }),
    }),
  );
  const several = panels.length > 1;
  const moves = [
    here('left', words.moveLeft, () => workspace.move(front, 'left')),
    here('right', words.moveRight, () => workspace.move(front, 'right')),
    here('up', words.moveUp, () => workspace.move(front, 'up')),
    here('down', words.moveDown, () => workspace.move(front, 'down')),
    here('float', floating ? words.dock : words.float, () => workspace.float(front)),
    here('close', words.closePanel, () => workspace.closePanel(front)),
  ];
  const maximise = here('maximise', maximised ? words.restore : words.maximise, () => workspace.maximise(front));
  return [...open, ...(several ? moves : []), ...(arranged && !floating ? [maximise] : [])];
}

function layoutCommands({ preferences }: Connection, workspace: Workspace): Command[] {
  const words = texts.workspace;
  const section = 'layouts' as const;
  const saved = preferences.get('layouts').map(
    ({ id, name, layout }): Command => ({
      id: `layout.${id}`,
      title: visibleText(name, 64),
      section,
      detail: words.layouts,
      run: () => workspace.apply(layout),
    }),
  );
  return [
    ...saved,
    { id: 'layout.save', title: words.saveLayout, section, run: () => workspace.dialog.set('save') },
    {
      id: 'layout.manage',
      title: words.manageLayouts,
      section,
      detail: words.layouts,
      run: () => workspace.dialog.set('manage'),
    },
    { id: 'layout.reset', title: words.reset, section, detail: words.layouts, run: () => workspace.reset() },
  ];
}
