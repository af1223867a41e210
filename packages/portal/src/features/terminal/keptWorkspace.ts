import * as z from 'zod';
import { paneTree } from './paneTree.ts';
import { allPanes, EMPTY, MOST_TABS, removePane, type WorkspaceState } from './workspaceState.ts';

const kept = z.strictObject({
  tabs: z
    .array(z.strictObject({ id: z.string().min(1).max(64), root: paneTree, focused: z.string().min(1).max(64) }))
    .max(MOST_TABS),
  active: z.string().max(64),
  sessions: z.record(z.string().max(64), z.string().regex(/^[A-Za-z0-9_-]{16}$/)),
});

/** The tabs that were open in this browser; none when nothing, or nonsense, was kept. */
export function readWorkspace(storage: Pick<Storage, 'getItem'>, deviceId: string): WorkspaceState {
  const parsed = kept.safeParse(parse(storage.getItem(keyOf(deviceId))));
  if (!parsed.success) return EMPTY;
  const state = parsed.data;
  const panes = allPanes(state);
  const isWhole =
    new Set(panes).size === panes.length &&
    new Set(state.tabs.map(({ id }) => id)).size === state.tabs.length &&
    panes.every((pane) => state.sessions[pane] !== undefined) &&
    state.tabs.some(({ id }) => id === state.active);
  return isWhole ? state : EMPTY;
}

/** Keeps them; a browser that keeps nothing still shows everything. Only panes with a session can be found again. */
export function keepWorkspace(storage: Pick<Storage, 'setItem'>, deviceId: string, state: WorkspaceState): void {
  const nameless = allPanes(state).filter((pane) => state.sessions[pane] === undefined);
  try {
    storage.setItem(keyOf(deviceId), JSON.stringify(nameless.reduce(removePane, state)));
  } catch {
    return;
  }
}

function keyOf(deviceId: string): string {
  return `porthole.terminal.${deviceId}`;
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}
