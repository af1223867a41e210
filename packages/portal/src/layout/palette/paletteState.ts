import { Store } from '../../base/store.ts';
import type { Workspace } from '../workspace/workspace.ts';

export interface PaletteState {
  open: boolean;
  /** Only devices are offered, whose screen then stands beside the panels of this workspace. */
  beside: Workspace | undefined;
}

const CLOSED: PaletteState = { open: false, beside: undefined };
const state = new Store<PaletteState>(CLOSED);

/** Whether the palette of this page is open, and for what. */
export const paletteState = { get: state.get, subscribe: state.subscribe };

/** Opens the palette, for everything or for one purpose. */
export function openPalette({ beside }: { beside?: Workspace } = {}): void {
  state.set({ open: true, beside });
}

export function closePalette(): void {
  state.set(CLOSED);
}
