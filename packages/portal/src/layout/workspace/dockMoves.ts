import type { AddPanelOptions, DockviewApi, DockviewGroupPanel, IDockviewPanel } from 'dockview-react';
import type { MoveDirection } from './workspaceState.ts';

type Edge = 'left' | 'right' | 'top' | 'bottom';
/** Where something was dropped on a place. */
export type DropPosition = Edge | 'center';

const DIRECTIONS = { left: 'left', right: 'right', top: 'above', bottom: 'below', center: 'within' } as const;

/** Whether there is more than one place, or panels of more than one device. */
export function isArranged(api: DockviewApi): boolean {
  const devices = new Set(api.panels.map(({ id }) => id.slice(id.indexOf(':'))));
  return api.groups.length > 1 || devices.size > 1;
}

/** Where a new panel goes: into the place in front, or beside it. */
export function placeOptions(api: DockviewApi, direction?: MoveDirection): Pick<AddPanelOptions, 'position'> {
  // What floats has just the room that it was given.
  const floats = api.activeGroup?.api.location.type === 'floating';
  const group = floats ? api.groups.find((each) => each.api.location.type === 'grid') : api.activeGroup;
  if (!group) return {};
  if (direction === undefined) return { position: { referenceGroup: group } };
  return { position: { referenceGroup: group, direction: DIRECTIONS[edgeOf(direction)] } };
}

/** Where a new panel goes that was dropped on a place, or on the edge of all. */
export function dropOptions(
  target: DockviewGroupPanel | undefined,
  position: DropPosition,
): Pick<AddPanelOptions, 'position'> {
  const direction = DIRECTIONS[position];
  if (target) return { position: { referenceGroup: target, direction } };
  return position === 'center' ? {} : { position: { direction } };
}

/**
 * Moves a panel one step: out of a place that it shares, past the place beside it, or along the edge of all. Nothing
 * happens when it is there already.
 */
export function movePanel(api: DockviewApi, panel: IDockviewPanel, direction: MoveDirection): void {
  const position = edgeOf(direction);
  if (panel.api.location.type === 'floating') return moveBack(api, panel, position);
  if (api.hasMaximizedGroup()) api.exitMaximizedGroup();
  if (panel.group.panels.length > 1) panel.api.moveTo({ group: panel.group, position });
  else {
    const beside = api.adjacentGroupInDirection(panel.group, direction);
    const group = api.groups.find(({ id }) => id === beside?.id);
    if (group) panel.api.moveTo({ group, position });
    else if (api.groups.length > 1) moveBack(api, panel, position);
  }
  panel.api.setActive();
}

/** Puts a panel into a place of its own along an edge of all. */
export function moveBack(api: DockviewApi, panel: IDockviewPanel, position: Edge): void {
  const isAlone = panel.group.panels.length === 1 && panel.api.location.type === 'grid';
  if (isAlone && api.groups.length === 1) return;
  const group = api.addGroup({ direction: DIRECTIONS[position] });
  panel.api.moveTo({ group });
  panel.api.setActive();
}

/** Makes a panel a tab of the next place. */
export function toOtherPlace(api: DockviewApi, panel: IDockviewPanel): void {
  if (api.hasMaximizedGroup()) api.exitMaximizedGroup();
  const places = api.groups.filter(({ api: { location } }) => location.type === 'grid');
  const next = places[(places.indexOf(panel.group) + 1) % places.length];
  if (!next || next === panel.group) return;
  panel.api.moveTo({ group: next });
  panel.api.setActive();
}

function edgeOf(direction: MoveDirection): Edge {
  return direction === 'up' ? 'top' : direction === 'down' ? 'bottom' : direction;
}
