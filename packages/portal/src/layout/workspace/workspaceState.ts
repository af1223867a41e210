import { type PanelRef, panelId } from './panels.ts';

/** Where a panel is moved to. */
export type MoveDirection = 'left' | 'right' | 'up' | 'down';

/** What is shown around the panels. */
export interface WorkspaceState {
  /** In the order in which they were opened. */
  panels: readonly PanelRef[];
  front: PanelRef | undefined;
  /** More than one place, or more than one device: then each place shows its tabs. */
  arranged: boolean;
  maximised: boolean;
  /** The panel in front floats above the others. */
  floating: boolean;
  /** Panels of a saved layout that could not be opened; 0 when nothing is to be said, -1 when it was no layout at all. */
  lost: number;
}

/** What a workspace needs to know of the rest. */
export interface WorkspaceOptions {
  /** The device to which it belongs. */
  home: string;
  exists(device: string): boolean;
  titleOf(panel: PanelRef): string;
  /** The arrangement of the last visit, or what holds for this device; undefined for the screen alone. Awaited once. */
  kept(): Promise<string | undefined>;
  /** Keeps how it is arranged; undefined for the screen alone. */
  keep(text: string | undefined): void;
}

/** Before the dock is there. */
export const NOTHING: WorkspaceState = {
  panels: [],
  front: undefined,
  arranged: false,
  maximised: false,
  floating: false,
  lost: 0,
};

/** The name of a panel, if there is one. */
export function idOf(ref: PanelRef | undefined): string | undefined {
  return ref && panelId(ref);
}

/** `now`, or `before` while it says the same: whoever follows it is not woken for nothing. */
export function sameRefs(before: readonly PanelRef[], now: readonly PanelRef[]): readonly PanelRef[] {
  const isSame = before.length === now.length && before.every((ref, at) => panelId(ref) === idOf(now[at]));
  return isSame ? before : now;
}
