import type { Orientation, SerializedDockview } from 'dockview-react';
import { type PanelRef, panelId, readPanelId } from './panels.ts';
import type { FloatingPlace, LayoutBranch, LayoutNode, LayoutPlace, WorkspaceLayout } from './workspaceLayout.ts';

type DockNode = SerializedDockview['grid']['root'];
type DockGroup = Exclude<DockNode['data'], unknown[]>;

/** Sizes that the dock is told before it has its own, in pixels; only their proportions count. */
const SIDE = 10_000;

/** A layout as the dock takes it. `titleOf` names a panel in its tab. */
export function toDock(layout: WorkspaceLayout, titleOf: (panel: PanelRef) => string): SerializedDockview {
  const groups = new GroupNames();
  const panels: SerializedDockview['panels'] = {};
  const note = (place: LayoutPlace): DockGroup => {
    for (const panel of place.panels) {
      const id = panelId(panel);
      panels[id] = { id, contentComponent: 'panel', title: titleOf(panel), renderer: 'always', params: { ...panel } };
    }
    return groups.of(place);
  };
  const node = (each: LayoutNode, extent: number, across: number): DockNode => {
    const size = each.share * extent;
    if (each.kind === 'place') return { type: 'leaf', data: note(each), size };
    return { type: 'branch', data: each.nodes.map((child) => node(child, across, size)), size };
  };
  const isRow = layout.direction === 'row';
  const root: DockNode = {
    type: 'branch',
    data: layout.root.nodes.map((child) => node(child, SIDE, SIDE)),
    size: SIDE,
  };
  const floatingGroups = layout.floating.map((place) => ({ data: note(place), position: place.box }));
  const activeGroup = layout.front && groups.around(layout.front);
  return {
    grid: { root, width: SIDE, height: SIDE, orientation: (isRow ? 'HORIZONTAL' : 'VERTICAL') as Orientation },
    panels,
    floatingGroups,
    ...(activeGroup !== undefined && { activeGroup }),
  };
}

/** How the dock is arranged now. */
export function fromDock(dock: SerializedDockview, front: PanelRef | undefined): WorkspaceLayout {
  const direction = dock.grid.orientation === ('HORIZONTAL' as Orientation) ? 'row' : 'column';
  const read = branchOf(dock.grid.root, 1);
  const floating = (dock.floatingGroups ?? []).flatMap(({ data, grid, position }): FloatingPlace[] => {
    const groups = data ? [data] : grid ? groupsOf(grid.root) : [];
    const panels = groups.flatMap(({ views }) => views);
    const place = placeOf(
      { id: '', views: panels, ...(groups[0]?.activeView && { activeView: groups[0].activeView }) },
      1,
    );
    const { width, height } = position;
    const left = 'left' in position ? position.left : 0;
    const top = 'top' in position ? position.top : 0;
    return place ? [{ ...place, box: { left, top, width, height } }] : [];
  });
  return { direction, root: read ?? { kind: 'branch', share: 1, nodes: [] }, floating, front };
}

/** The dock's names of places, each by its first panel. */
class GroupNames {
  readonly #byPanel = new Map<string, string>();

  of({ panels, shown }: LayoutPlace): DockGroup {
    const views = panels.map(panelId);
    const id = `place:${views[0]}`;
    for (const view of views) this.#byPanel.set(view, id);
    const activeView = views[shown];
    return { id, views, ...(activeView !== undefined && { activeView }) };
  }

  around(panel: PanelRef): string | undefined {
    return this.#byPanel.get(panelId(panel));
  }
}

function groupsOf(node: DockNode): DockGroup[] {
  return Array.isArray(node.data) ? node.data.flatMap(groupsOf) : [node.data];
}

function branchOf(node: DockNode, share: number): LayoutBranch | undefined {
  const read = nodeOf(node, share);
  return read?.kind === 'place' ? { kind: 'branch', share, nodes: [{ ...read, share: 1 }] } : read;
}

function nodeOf({ data }: DockNode, share: number): LayoutNode | undefined {
  if (!Array.isArray(data)) return placeOf(data, share);
  const sum = data.reduce((all, { size = 0 }) => all + size, 0) || 1;
  const nodes = data.flatMap((child) => nodeOf(child, (child.size ?? 0) / sum) ?? []);
  return nodes.length === 0 ? undefined : { kind: 'branch', share, nodes };
}

function placeOf({ views, activeView }: DockGroup, share: number): LayoutPlace | undefined {
  const panels = views.flatMap((view) => readPanelId(view) ?? []);
  if (panels.length === 0) return undefined;
  const shown = panels.findIndex((panel) => panelId(panel) === activeView);
  return { kind: 'place', share, panels, shown: Math.max(0, shown) };
}
