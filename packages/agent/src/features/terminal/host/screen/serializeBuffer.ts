import type { IBuffer, IBufferLine } from '@xterm/headless';
import { CellWriter } from './cellWriter.ts';
import type { Emulator } from './emulator.ts';
import { isSamePen } from './pen.ts';

/** Cells that are written in one go: about a millisecond. */
const SLICE_CELLS = 8 * 1024;

/**
 * The lines of a buffer as a stream that makes an empty terminal of the same size show them, scrollback and all. It begins at the
 * upper left with a plain pen and ends with one, the cursor anywhere. `maxLength` bounds it (in UTF-16 units, roughly): what is
 * older is left out. Done in parts: the emulator must stay as it is until the last.
 */
export function* serializeBuffer(emulator: Emulator, buffer: IBuffer, maxLength: number): Generator<void, string> {
  const rows: string[] = [];
  const last = lastRow(buffer);
  const slice = Math.max(1, Math.floor(SLICE_CELLS / emulator.terminal.cols));
  let length = 0;
  for (let y = last; y >= 0 && length < maxLength; y--) {
    const row = serializeRow(emulator, buffer.getLine(y), y === last ? undefined : buffer.getLine(y + 1));
    rows.push(row);
    length += row.length;
    if (rows.length % slice === 0) yield;
  }
  return rows.reverse().join('');
}

/** Below a scrollback every row counts, however empty: it is what the rows above scrolled away for. */
function lastRow(buffer: IBuffer): number {
  let y = buffer.length - 1;
  if (buffer.baseY > 0) return y;
  while (y > 0 && isEmpty(buffer.getLine(y))) y--;
  return y;
}

function isEmpty(line: IBufferLine | undefined): boolean {
  if (!line) return true;
  if (line.isWrapped) return false;
  for (let x = 0; x < line.length; x++) {
    const cell = line.getCell(x);
    if (cell && (cell.getChars() !== '' || !cell.isAttributeDefault())) return false;
  }
  return true;
}

/** One row and the step to the next, which is left out after the last one. */
function serializeRow(emulator: Emulator, line: IBufferLine | undefined, next: IBufferLine | undefined): string {
  if (!line) return '\r\n';
  const writer = new CellWriter(emulator, line, 0, false);
  if (!next) return writer.write();
  if (!next.isWrapped || emulator.terminal.rows < 2) return `${writer.write()}\r\n`;
  const columns = emulator.terminal.cols;
  const starts = (next.getCell(0)?.getChars() ?? '') !== '';
  if (starts && wrapsForWidth(emulator, line, next)) {
    const text = writer.write(columns - 1);
    return `${text}${writer.x < columns - 1 ? `\x1b[${columns}G` : ''}`;
  }
  const text = writer.write();
  return starts && writer.x >= columns ? text : `${text}${forceWrap(emulator, line)}`;
}

/** The last cell is empty because a wide character did not fit into it. */
function wrapsForWidth(emulator: Emulator, line: IBufferLine, next: IBufferLine): boolean {
  const last = emulator.cell(line, emulator.terminal.cols - 1, emulator.newCell());
  const first = emulator.cell(next, 0, emulator.newCell());
  return last.getChars() === '' && last.getWidth() === 1 && first.getWidth() === 2 && isSamePen(last, first);
}

/** Fills the last column so that the next character wraps, lets one do so, and puts both right again. */
function forceWrap(emulator: Emulator, line: IBufferLine): string {
  const columns = emulator.terminal.cols;
  const from = columns - (line.getCell(columns - 1)?.getWidth() === 0 ? 2 : 1);
  const again = new CellWriter(emulator, line, from, true).write();
  return `\x1b[${columns}G..\x1b[A\x1b[${from + 1}G${again}\x1b[B\x1b[G\x1b[X`;
}
