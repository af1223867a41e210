/** Core requests of the X protocol packed by hand, for what the library lacks or declares differently. */
const Opcode = {
  changeWindowAttributes: 2,
  configureWindow: 12,
  queryTree: 15,
  openFont: 45,
  changeGC: 56,
  clearArea: 61,
  imageText8: 76,
  setCloseDownMode: 112,
} as const;

const GC_BACKGROUND_AND_FONT = 0x4008;
const BACKGROUND_PIXMAP = 1;
const BACKGROUND_PIXEL = 2;
const CONFIGURE_PLACE = 3;
const CONFIGURE_PLACE_AND_SIZE = 15;

export function openFont(id: number, name: string): Buffer {
  const bytes = Buffer.alloc(12 + padded(name.length));
  bytes.set(request(Opcode.openFont, 0, [id, name.length]));
  bytes.writeUInt16LE(bytes.byteLength / 4, 2);
  bytes.write(name, 12, 'latin1');
  return bytes;
}

/** Black behind the text. */
export function setFont(context: number, font: number): Buffer {
  return request(Opcode.changeGC, 0, [context, GC_BACKGROUND_AND_FONT, 0x000000, font]);
}

export interface ImageText {
  drawable: number;
  context: number;
  x: number;
  y: number;
  text: string;
}

/** ImageText8: at most 255 characters of Latin 1. */
export function imageText({ drawable, context, x, y, text }: ImageText): Buffer {
  const bytes = Buffer.alloc(16 + padded(text.length));
  bytes.set(request(Opcode.imageText8, text.length, [drawable, context, pair(x, y)]));
  bytes.writeUInt16LE(bytes.byteLength / 4, 2);
  bytes.write(text, 16, 'latin1');
  return bytes;
}

/** What the server paints by itself where a window comes to light. */
export function setBackground(window: number, background: { pixel: number } | { pixmap: number }): Buffer {
  const words = 'pixel' in background ? [BACKGROUND_PIXEL, background.pixel] : [BACKGROUND_PIXMAP, background.pixmap];
  return request(Opcode.changeWindowAttributes, 0, [window, ...words]);
}

/** Fills a whole window with its background. */
export function clearWindow(window: number): Buffer {
  return request(Opcode.clearArea, 0, [window, 0, 0]);
}

export function moveWindow(window: number, x: number, y: number): Buffer {
  return request(Opcode.configureWindow, 0, [window, CONFIGURE_PLACE, x, y]);
}

export function placeWindow(window: number, box: { x: number; y: number; width: number; height: number }): Buffer {
  const { x, y, width, height } = box;
  return request(Opcode.configureWindow, 0, [window, CONFIGURE_PLACE_AND_SIZE, x, y, width, height]);
}

/** What this connection made stays in the server when it ends. */
export function keepAfterClose(): Buffer {
  return request(Opcode.setCloseDownMode, 1, []);
}

/** Asks for the children of a window; `childrenOf` reads the answer. */
export function queryTree(window: number): Buffer {
  return request(Opcode.queryTree, 0, [window]);
}

/** Of the answer's bytes from the ninth on. */
export function childrenOf(body: Buffer): number[] {
  return Array.from({ length: body.readUInt16LE(8) }, (_, index) => body.readUInt32LE(24 + index * 4));
}

/** Four bytes of head, then words of 32 bits. */
function request(opcode: number, detail: number, words: number[]): Buffer {
  const bytes = Buffer.alloc(4 + words.length * 4);
  bytes.writeUInt8(opcode, 0);
  bytes.writeUInt8(detail, 1);
  bytes.writeUInt16LE(bytes.byteLength / 4, 2);
  for (const [index, word] of words.entries()) bytes.writeUInt32LE(word >>> 0, 4 + index * 4);
  return bytes;
}

function pair(x: number, y: number): number {
  return ((y & 0xffff) << 16) | (x & 0xffff);
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
