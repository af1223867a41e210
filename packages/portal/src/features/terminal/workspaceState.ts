import {
  type Direction,
  neighbourOf,
  type PaneTree,
  panesOf,
  type Side,
  splitPane,
  withoutPane,
  withShare,
} from './paneTree.ts';

/** One tab of the terminals of a device. */
export interface Tab {
  id: string;
  root: PaneTree;
  /** The pane that has the keyboard when the tab is shown. */
  focused: string;
}

/** What is arranged in this browser for one device. `sessions` names the device's session of each pane that has one. */
export interface WorkspaceState {
  tabs: readonly Tab[];
  /** Id of the tab that is shown; '' without tabs. */
  active: string;
  sessions: Readonly<Record<string, string>>;
}

export const EMPTY: WorkspaceState = { tabs: [], active: '', sessions: {} };
/** Tabs are kept in the browser, so there is an end to them. */
export const MOST_TABS = 50;

export function activeTab(state: WorkspaceState): Tab | undefined {
  return state.tabs.find((tab) => tab.id === state.active);
}

/** The session that has the keyboard, or would have it. */
export function focusedSession(state: WorkspaceState): string | undefined {
  const tab = activeTab(state);
  return tab && state.sessions[tab.focused];
}

/** All panes of all tabs. */
export function allPanes(state: WorkspaceState): string[] {
  return state.tabs.flatMap((tab) => panesOf(tab.root));
}

/** A tab of its own for a pane, shown at once. */
export function addTab(state: WorkspaceState, pane: string): WorkspaceState {
  const tab: Tab = { id: pane, root: { kind: 'pane', pane }, focused: pane };
  return { ...state, tabs: [...state.tabs, tab], active: tab.id };
}

/** Divides the place of the focused pane of the shown tab; without a tab, a new one. */
export function addSplit(state: WorkspaceState, pane: string, direction: Direction): WorkspaceState {
  const tab = activeTab(state);
  if (!tab) return addTab(state, pane);
  const root = splitPane(tab.root, tab.focused, direction, pane);
  return root === tab.root ? addTab(state, pane) : withTab(state, { ...tab, root, focused: pane });
}

/** Takes a pane away; an empty tab goes with it, and the one beside it is shown. */
export function removePane(state: WorkspaceState, pane: string): WorkspaceState {
  const at = state.tabs.findIndex((tab) => panesOf(tab.root).includes(pane));
  const tab = state.tabs[at];
  if (!tab) return state;
  const { sessions } = withoutSession(state, pane);
  const root = withoutPane(tab.root, pane);
  if (root) {
    const focused = tab.focused === pane ? (panesOf(root)[0] ?? '') : tab.focused;
    return withTab({ ...state, sessions }, { ...tab, root, focused });
  }
  const tabs = state.tabs.filter((each) => each !== tab);
  const beside = tabs[Math.min(at, tabs.length - 1)]?.id ?? '';
  return { tabs, active: state.active === tab.id ? beside : state.active, sessions };
}

/** Shows the tab of a pane and gives it the keyboard. */
export function focusPane(state: WorkspaceState, pane: string): WorkspaceState {
  const tab = state.tabs.find((each) => panesOf(each.root).includes(pane));
  if (!tab || (tab.focused === pane && state.active === tab.id)) return state;
  return { ...withTab(state, { ...tab, focused: pane }), active: tab.id };
}

export function showTab(state: WorkspaceState, id: string): WorkspaceState {
  return state.tabs.some((tab) => tab.id === id) ? { ...state, active: id } : state;
}

/** The pane beside the focused one of the shown tab. */
export function focusBeside(state: WorkspaceState, direction: Direction, by: 1 | -1): WorkspaceState {
  const tab = activeTab(state);
  const next = tab && neighbourOf(tab.root, tab.focused, direction, by);
  return next === undefined ? state : focusPane(state, next);
}

/** The device's name for the session of a pane became known. */
export function nameSession(state: WorkspaceState, pane: string, session: string): WorkspaceState {
  if (state.sessions[pane] === session) return state;
  return { ...state, sessions: { ...state.sessions, [pane]: session } };
}

/** A pane is to have another session, which has no name yet. */
export function withoutSession(state: WorkspaceState, pane: string): WorkspaceState {
  return { ...state, sessions: Object.fromEntries(Object.entries(state.sessions).filter(([each]) => each !== pane)) };
}

/** Moves the border of a split of the shown tab. */
export function moveBorder(state: WorkspaceState, path: readonly Side[], share: number): WorkspaceState {
  const tab = activeTab(state);
  return tab ? withTab(state, { ...tab, root: withShare(tab.root, path, share) }) : state;
}

/** The pane that shows a session, if any does. */
export function paneOf(state: WorkspaceState, session: string): string | undefined {
  return allPanes(state).find((pane) => state.sessions[pane] === session);
}

function withTab(state: WorkspaceState, tab: Tab): WorkspaceState {
  return { ...state, tabs: state.tabs.map((each) => (each.id === tab.id ? tab : each)) };
}
