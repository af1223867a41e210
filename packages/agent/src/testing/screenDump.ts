import type { IBuffer } from '@xterm/headless';
import { designationOf } from '../features/terminal/host/screen/charsets.ts';
import type { Emulator, Pen, ScreenBuffer } from '../features/terminal/host/screen/emulator.ts';

/** Everything that an emulator shows and holds, as lines of text: two that are equal show the same for ever after the same input. */
export function screenDump(emulator: Emulator): string[] {
  const { terminal, buffers, charset } = emulator;
  const isNormal = buffers.active === buffers.normal;
  return [
    `active ${isNormal ? 'normal' : 'alternate'} cursor ${buffers.active.x},${buffers.active.y} joins ${emulator.mayJoin}`,
    `pen ${penText(emulator, emulator.pen)} protected ${emulator.isProtected}`,
    `charsets ${[0, 1, 2, 3].map((set) => designationOf(charset.sets[set])).join('')} level ${charset.level} ${designationOf(charset.current)}`,
    `modes ${JSON.stringify(terminal.modes)} ${JSON.stringify(emulator.privateModes)} ${emulator.mouseEncoding}`,
    `options ${terminal.options.convertEol} ${terminal.options.cursorBlink} hidden ${emulator.isCursorHidden}`,
    ...bufferDump(emulator, terminal.buffer.normal, buffers.normal),
    ...(isNormal
      ? [`alternate saved ${saved(buffers.alt)}`]
      : bufferDump(emulator, terminal.buffer.alternate, buffers.alt)),
  ];
}

function bufferDump(emulator: Emulator, buffer: IBuffer, inner: ScreenBuffer): string[] {
  const rows = Array.from({ length: buffer.length }, (_, y) => `${y} ${rowDump(emulator, buffer, y)}`);
  const tabs = Object.keys(inner.tabs).filter((x) => inner.tabs[Number(x)] && Number(x) < emulator.terminal.cols);
  return [
    `${buffer.type} base ${buffer.baseY} margins ${inner.scrollTop},${inner.scrollBottom} tabs ${tabs.join(' ')}`,
    `saved ${saved(inner)}`,
    ...rows,
  ];
}

function saved({ savedX, savedY, ybase, savedCurAttrData: pen, savedCharset }: ScreenBuffer): string {
  return `${savedX},${Math.max(savedY - ybase, 0)} ${basicText(pen)} ${designationOf(savedCharset)}`;
}

function rowDump(emulator: Emulator, buffer: IBuffer, y: number): string {
  const line = buffer.getLine(y);
  if (!line) return 'missing';
  const cell = emulator.newCell();
  let text = line.isWrapped && y > 0 ? 'wrapped ' : '';
  let last = '';
  let before = 1;
  for (let x = 0; x < line.length; x++) {
    emulator.cell(line, x, cell);
    // What is left of a wide character without its first half is an empty cell.
    const width = cell.getWidth() === 0 && cell.getChars() === '' && before !== 2 ? 1 : cell.getWidth();
    before = width;
    // An empty cell at the right edge shows its background, and nothing tells what else it has.
    const isEdge = x === line.length - 1 && cell.getChars() === '';
    const pen = isEdge ? basicText({ fg: 0, bg: cell.bg & 0x3ffffff }) : penText(emulator, cell);
    text += `${pen === last ? '' : `<${pen}>`}${width === 1 ? '' : `[${width}]`}${cell.getChars() || '~'}`;
    last = pen;
  }
  return text.replace(/~+$/, '');
}

function penText(emulator: Emulator, pen: Pen): string {
  const isStyled = (pen.bg & 0x10000000) !== 0;
  const { underlineStyle, underlineColor, urlId } = pen.extended;
  if (!isStyled) return basicText(pen);
  // Underlined without a style shows nothing.
  if (underlineStyle === 0) return basicText({ fg: pen.fg & ~0x10000000, bg: pen.bg });
  const link = JSON.stringify(emulator.link(urlId) ?? '');
  return `${basicText(pen)}/${underlineStyle} ${plainColor(underlineColor).toString(16)} ${link}`;
}

/** Without the flag that something more is known, and what an earlier colour left beside the number of another. */
function basicText({ fg, bg }: Pick<Pen, 'fg' | 'bg'>): string {
  return [fg, bg & ~0x10000000].map((value) => plainColor(value).toString(16)).join('/');
}

function plainColor(value: number): number {
  return ((value & 0x3000000) === 0x3000000 ? value : value & ~0xffff00) >>> 0;
}
