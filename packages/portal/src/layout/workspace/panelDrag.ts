import { type PanelRef, panelId, readPanelId } from './panels.ts';

/** What a dragged panel is called by the browser. */
export const PANEL_DRAG = 'application/x-porthole-panel';

/** A panel is being dragged out of the header or the rail. */
export function dragPanel(transfer: DataTransfer, panel: PanelRef): void {
  transfer.setData(PANEL_DRAG, panelId(panel));
  transfer.effectAllowed = 'copyMove';
}

/** The panel that was dropped; undefined when it was something else. */
export function draggedPanel({ dataTransfer }: DragEvent): PanelRef | undefined {
  return readPanelId(dataTransfer?.getData(PANEL_DRAG) ?? '');
}
