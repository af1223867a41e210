import { XConnection } from '../../packages/agent/src/platform/x11/connection.ts';
import { blocksOf, FRAME_STRIP, frameValueOf, STRIP, stampOf, wallClock } from '../strip.ts';
import { imageText, openFont, setBackground, setFont } from './requests.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The colour of an empty display: not black, which is also what a viewer shows that shows nothing yet. */
export const BACKGROUND = 0x203040;

const Z_PIXMAP = 2;

/** Draws on the root window of an X display, as fast as an X client can: no call waits for the server. */
export class Canvas {
  readonly connection: XConnection;
  /** What is drawn with: graphics exposures off, foreground as last used. */
  readonly context: number;

  private constructor(connection: XConnection, context: number) {
    this.connection = connection;
    this.context = context;
  }

  static async open(display: string): Promise<Canvas> {
    const connection = await XConnection.open(display);
    const { client, root } = connection;
    const font = client.AllocID();
    connection.sendRaw(openFont(font, 'fixed'));
    const context = client.AllocID();
    client.CreateGC(context, root, { foreground: 0xffffff, graphicsExposures: 0 });
    connection.sendRaw(setFont(context, font));
    connection.sendRaw(setBackground(root, { pixel: BACKGROUND }));
    await connection.sync();
    return new Canvas(connection, context);
  }

  get display(): string {
    return this.connection.display;
  }

  get width(): number {
    return this.connection.screen.pixel_width;
  }

  get height(): number {
    return this.connection.screen.pixel_height;
  }

  /** Fills all of it with the background. */
  clear(): void {
    this.fill(BACKGROUND, { x: 0, y: 0, width: this.width, height: this.height });
  }

  /** Fills boxes with one colour (0xRRGGBB). */
  fill(color: number, ...boxes: Box[]): void {
    const { client, root } = this.connection;
    client.ChangeGC(this.context, { foreground: color });
    const flat = boxes.flatMap(({ x, y, width, height }) => [x, y, width, height]);
    client.PolyFillRectangle(root, this.context, flat);
  }

  copy({ x, y, width, height }: Box, toX: number, toY: number): void {
    const { client, root } = this.connection;
    client.CopyArea(root, root, this.context, x, y, toX, toY, width, height);
  }

  /** Shows a pixmap of this size with its corner at `x`, `y`. */
  show(pixmap: number, { x, y, width, height }: Box): void {
    const { client, root } = this.connection;
    client.CopyArea(pixmap, root, this.context, 0, 0, x, y, width, height);
  }

  /** White text on black in the server's own font (cells of 6x13 pixels); `y` is the base line. */
  text(x: number, y: number, text: string, drawable = this.connection.root): void {
    this.connection.client.ChangeGC(this.context, { foreground: 0xffffff });
    this.connection.sendRaw(imageText({ drawable, context: this.context, x, y, text }));
  }

  /** Paints the time of this moment as the clock strip. */
  strip(): void {
    this.#blocks(0, stampOf(wallClock()));
  }

  /** Paints the number of a step below the clock strip. */
  frame(step: number): void {
    this.#blocks(FRAME_STRIP.y, frameValueOf(step));
  }

  /** B, G, R, X bytes of what the display shows. */
  async read({ x, y, width, height }: Box): Promise<Uint8Array> {
    const { client, root } = this.connection;
    const { data } = await this.connection.ask<{ data: Buffer }>((reply) =>
      client.GetImage(Z_PIXMAP, root, x, y, width, height, 0xffff_ffff, reply),
    );
    return data;
  }

  /** Puts the pointer where no window is. */
  parkPointer(): void {
    const { client, root } = this.connection;
    client.WarpPointer(0, root, 0, 0, 0, 0, this.width - 2, this.height - 2);
  }

  sync(): Promise<void> {
    return this.connection.sync();
  }

  close(): void {
    this.connection.close();
  }

  #blocks(y: number, value: number): void {
    const blocks = blocksOf(value);
    const box = (index: number) => ({ x: index * STRIP.block, y, width: STRIP.block, height: STRIP.height });
    const pick = (white: boolean) => [...blocks.keys()].filter((index) => blocks[index] === white).map(box);
    this.fill(0x000000, ...pick(false));
    this.fill(0xffffff, ...pick(true));
  }
}

/**
 * Makes an empty display of a fresh server, in another colour than black, so that a viewer that shows it can be told from
 * one that shows nothing yet, and without a pointer on it: some servers paint that into the picture.
 */
export async function paintBackground(display: string): Promise<void> {
  const canvas = await Canvas.open(display);
  const { client, root } = canvas.connection;
  const [mask, context, cursor] = [client.AllocID(), client.AllocID(), client.AllocID()];
  client.CreatePixmap(mask, root, 1, 1, 1);
  client.CreateGC(context, mask, { foreground: 0 });
  client.PolyFillRectangle(mask, context, [0, 0, 1, 1]);
  const black = { R: 0, G: 0, B: 0 };
  client.CreateCursor(cursor, mask, mask, black, black, 0, 0);
  client.ChangeWindowAttributes(root, { cursor });
  canvas.clear();
  canvas.parkPointer();
  await canvas.sync();
  canvas.close();
}
