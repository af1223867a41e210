import { XConnection } from '../../packages/agent/src/platform/x11/connection.ts';
import { blocksOf, STRIP, stampOf, wallClock } from '../strip.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const Opcode = { openFont: 45, changeGC: 56, imageText8: 76 } as const;
const GC_BACKGROUND_AND_FONT = 0x4008;

/** Draws on the root window of an X display, as fast as an X client can: no call waits for the server. */
export class Canvas {
  readonly #connection: XConnection;
  readonly #context: number;

  private constructor(connection: XConnection, context: number) {
    this.#connection = connection;
    this.#context = context;
  }

  static async open(display: string): Promise<Canvas> {
    const connection = await XConnection.open(display);
    const { client, root } = connection;
    const font = client.AllocID();
    connection.sendRaw(openFont(font, 'fixed'));
    const context = client.AllocID();
    client.CreateGC(context, root, { foreground: 0xffffff, graphicsExposures: 0 });
    connection.sendRaw(setFont(context, font));
    await connection.sync();
    return new Canvas(connection, context);
  }

  get width(): number {
    return this.#connection.screen.pixel_width;
  }

  get height(): number {
    return this.#connection.screen.pixel_height;
  }

  /** Fills boxes with one colour (0xRRGGBB). */
  fill(color: number, ...boxes: Box[]): void {
    const { client, root } = this.#connection;
    client.ChangeGC(this.#context, { foreground: color });
    const flat = boxes.flatMap(({ x, y, width, height }) => [x, y, width, height]);
    client.PolyFillRectangle(root, this.#context, flat);
  }

  copy({ x, y, width, height }: Box, toX: number, toY: number): void {
    const { client, root } = this.#connection;
    client.CopyArea(root, root, this.#context, x, y, toX, toY, width, height);
  }

  /** White text on black in the server's own font (cells of 6x13 pixels); `y` is the base line. */
  text(x: number, y: number, text: string): void {
    const { client, root } = this.#connection;
    client.ChangeGC(this.#context, { foreground: 0xffffff });
    this.#connection.sendRaw(imageText({ drawable: root, context: this.#context, x, y, text }));
  }

  /** Paints the time of this moment as the clock strip. */
  strip(): void {
    const blocks = blocksOf(stampOf(wallClock()));
    const box = (index: number) => ({ x: index * STRIP.block, y: 0, width: STRIP.block, height: STRIP.height });
    const pick = (white: boolean) => [...blocks.keys()].filter((index) => blocks[index] === white).map(box);
    this.fill(0x000000, ...pick(false));
    this.fill(0xffffff, ...pick(true));
  }

  sync(): Promise<void> {
    return this.#connection.sync();
  }

  close(): void {
    this.#connection.close();
  }
}

function openFont(id: number, name: string): Buffer {
  const bytes = Buffer.alloc(12 + padded(name.length));
  bytes.writeUInt8(Opcode.openFont, 0);
  bytes.writeUInt16LE(bytes.byteLength / 4, 2);
  bytes.writeUInt32LE(id, 4);
  bytes.writeUInt16LE(name.length, 8);
  bytes.write(name, 12, 'latin1');
  return bytes;
}

/** Black behind the text. */
function setFont(context: number, font: number): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt8(Opcode.changeGC, 0);
  bytes.writeUInt16LE(bytes.byteLength / 4, 2);
  bytes.writeUInt32LE(context, 4);
  bytes.writeUInt32LE(GC_BACKGROUND_AND_FONT, 8);
  bytes.writeUInt32LE(0x000000, 12);
  bytes.writeUInt32LE(font, 16);
  return bytes;
}

interface ImageText {
  drawable: number;
  context: number;
  x: number;
  y: number;
  text: string;
}

/** ImageText8: at most 255 characters of Latin 1. */
function imageText({ drawable, context, x, y, text }: ImageText): Buffer {
  const bytes = Buffer.alloc(16 + padded(text.length));
  bytes.writeUInt8(Opcode.imageText8, 0);
  bytes.writeUInt8(text.length, 1);
  bytes.writeUInt16LE(bytes.byteLength / 4, 2);
  bytes.writeUInt32LE(drawable, 4);
  bytes.writeUInt32LE(context, 8);
  bytes.writeInt16LE(x, 12);
  bytes.writeInt16LE(y, 14);
  bytes.write(text, 16, 'latin1');
  return bytes;
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
