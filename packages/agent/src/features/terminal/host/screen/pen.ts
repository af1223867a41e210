import type { Pen } from './emulator.ts';

/** How xterm.js packs attributes: the mode of a colour, and flags beside foreground and background. */
const ColorMode = { mask: 0x3000000, p16: 0x1000000, p256: 0x2000000, rgb: 0x3000000 } as const;
const FG_FLAGS = [
  [0x8000000, '1'],
  [0x20000000, '5'],
  [0x4000000, '7'],
  [0x40000000, '8'],
  [0x80000000, '9'],
] as const;
const BG_FLAGS = [
  [0x8000000, '2'],
  [0x4000000, '3'],
  [0x40000000, '53'],
] as const;
const UNDERLINE = 0x10000000;
const EXTENDED = 0x10000000;
const PROTECTED = 0x20000000;

/** Attributes of a cell in which nothing was ever written have none of these. */
export function isPlain({ fg, bg }: Pen): boolean {
  return fg === 0 && bg === 0;
}

/** Whether erasing with this pen leaves exactly its attributes behind: a background and nothing else. */
export function isErasable({ fg, bg }: Pen): boolean {
  return fg === 0 && (bg & ~(ColorMode.mask | 0xffffff)) === 0;
}

export function isProtected({ bg }: Pen): boolean {
  return (bg & PROTECTED) !== 0;
}

/** The link that what is written with this pen belongs to; 0: none. Without the flag the rest is of another cell. */
export function linkOf({ bg, extended }: Pen): number {
  return (bg & EXTENDED) === 0 ? 0 : extended.urlId;
}

/** Two pens that need the same sequence; links are not part of it. */
export function isSamePen(left: Pen, right: Pen): boolean {
  if (left.fg !== right.fg || left.bg !== right.bg) return false;
  if ((left.bg & EXTENDED) === 0) return true;
  const [one, other] = [left.extended, right.extended];
  return one.underlineStyle === other.underlineStyle && one.underlineColor === other.underlineColor;
}

/** The sequences that take this pen up, whatever was before; without its link. */
export function selectPen(pen: Pen): string {
  const codes = [
    '0',
    ...flags(pen.fg, FG_FLAGS),
    ...flags(pen.bg, BG_FLAGS),
    ...color(pen.fg, 38),
    ...color(pen.bg, 48),
  ];
  return `\x1b[${[...codes, ...underline(pen)].join(';')}m`;
}

/** As `selectPen`, and a colour for underlines to come. */
export function selectWholePen(pen: Pen): string {
  return selectPen({ ...pen, bg: pen.bg | EXTENDED });
}

/** The sequence after which what is written is protected from selective erasing, or not. */
export function selectProtection(isOn: boolean): string {
  return isOn ? '\x1b[1"q' : '\x1b[0"q';
}

function flags(value: number, table: readonly (readonly [number, string])[]): string[] {
  return table.flatMap(([bit, code]) => ((value & bit) !== 0 ? [code] : []));
}

/** `code` is 38, 48 or 58. */
function color(value: number, code: number): string[] {
  const palette = value & 0xff;
  switch (value & ColorMode.mask) {
    case ColorMode.p16:
      if (code === 58) return [`58;5;${palette}`];
      return [String((palette & 8 ? code + 52 : code - 8) + (palette & 7))];
    case ColorMode.p256:
      return [`${code};5;${palette}`];
    case ColorMode.rgb:
      return [`${code};2;${(value >>> 16) & 0xff};${(value >>> 8) & 0xff};${palette}`];
    default:
      return [];
  }
}

/** The colour comes first: xterm.js notes it only together with a style. */
function underline({ fg, bg, extended }: Pen): string[] {
  const isStyled = (bg & EXTENDED) !== 0;
  const tint = isStyled ? color(extended.underlineColor, 58) : [];
  // A restored cursor may bring the flag back without a style, which shows nothing.
  if ((fg & UNDERLINE) === 0 || (isStyled && extended.underlineStyle === 0)) return tint;
  return [...tint, `4:${(isStyled && extended.underlineStyle) || 1}`];
}
