import type { HubLink } from '../../base/link.ts';
import { exposeToScripts } from '../../base/scriptAccess.ts';
import type { AskedRows, TerminalReport } from './terminalReport.ts';
import type { TerminalWorkspace } from './terminalWorkspace.ts';

/** Lets scripts ask at `window.porthole.terminal()`, until the returned function is called. */
export function exposeTerminal(workspace: TerminalWorkspace, link: Pick<HubLink, 'roundTrip'>): () => void {
  return exposeToScripts('terminal', (rows?: AskedRows) => reportTerminal(workspace, link, rows));
}

function reportTerminal(
  workspace: TerminalWorkspace,
  link: Pick<HubLink, 'roundTrip'>,
  { from = 0, to = Number.POSITIVE_INFINITY }: AskedRows = {},
): TerminalReport | undefined {
  const pane = workspace.focusedPane;
  if (!pane) return undefined;
  const { terminal } = pane.screen;
  const buffer = terminal.buffer.active;
  const lines: string[] = [];
  for (let y = Math.max(0, from); y < Math.min(to, terminal.rows); y += 1) {
    lines.push(buffer.getLine(buffer.baseY + y)?.translateToString(true) ?? '');
  }
  return {
    lines,
    cursor: { x: buffer.cursorX, y: buffer.cursorY },
    columns: terminal.cols,
    rows: terminal.rows,
    phase: pane.session.state.get().at.phase,
    roundTrip: link.roundTrip ?? null,
    predicted: pane.predicted,
  };
}
