import type { Randr, ScreenInfo } from 'x11';
import { XConnection } from '../../../packages/agent/src/platform/x11/connection.ts';

/** A rectangle of one colour (0xRRGGBB). */
export interface Fill {
  x: number;
  y: number;
  width: number;
  height: number;
  color: number;
}

/** An X client that draws on the root window, and reads it back with plain GetImage. */
export interface Painter {
  readonly connection: XConnection;
  /** Resolves when the server has drawn. */
  fill(...fills: Fill[]): Promise<void>;
  /** Draws without waiting. */
  fillSoon(fill: Fill): void;
  copy(from: { x: number; y: number; width: number; height: number }, x: number, y: number): Promise<void>;
  /** A square cursor of one colour for the root window. */
  cursor(side: number, color: number): Promise<void>;
  movePointer(x: number, y: number): Promise<void>;
  /** B, G, R, X bytes of the whole display. */
  read(): Promise<{ data: Uint8Array; width: number; height: number }>;
  /** Changes the display's mode, adding one when it has none of that size; false when the server refuses. */
  resize(width: number, height: number): Promise<boolean>;
  /** Defines a monitor that has no output, as `xrandr --setmonitor NAME WxH+X+Y none` does. */
  setMonitor(name: string, area: { x: number; y: number; width: number; height: number }): Promise<void>;
  close(): void;
}

/** Connects to `display`. */
export async function painter(display: string): Promise<Painter> {
  const connection = await XConnection.open(display);
  const { client, root } = connection;
  const gc = client.AllocID();
  client.CreateGC(gc, root, { foreground: 0, graphicsExposures: 0 });
  const fillSoon = ({ x, y, width, height, color }: Fill): void => {
    client.ChangeGC(gc, { foreground: color });
    client.PolyFillRectangle(root, gc, [x, y, width, height]);
  };
  return {
    connection,
    fillSoon,
    async fill(...fills) {
      for (const fill of fills) fillSoon(fill);
      await connection.sync();
    },
    async copy({ x, y, width, height }, toX, toY) {
      client.CopyArea(root, root, gc, x, y, toX, toY, width, height);
      await connection.sync();
    },
    cursor: (side, color) => setCursor(connection, side, color),
    async movePointer(x, y) {
      const test = await connection.extension('xtest');
      test.FakeInput(6, 0, 0, root, x, y);
      await connection.sync();
    },
    read: () => readAll(connection),
    resize: (width, height) => resize(connection, width, height),
    setMonitor: (name, area) => setMonitor(connection, name, area),
    close: () => connection.close(),
  };
}

async function readAll(connection: XConnection): Promise<{ data: Uint8Array; width: number; height: number }> {
  const { client, root } = connection;
  const { width, height } = await connection.ask<{ width: number; height: number }>((reply) =>
    client.GetGeometry(root, reply),
  );
  const { data } = await connection.ask<{ data: Buffer }>((reply) =>
    client.GetImage(2, root, 0, 0, width, height, 0xffff_ffff, reply),
  );
  return { data, width, height };
}

async function setCursor(connection: XConnection, side: number, color: number): Promise<void> {
  const { client, root } = connection;
  const [source, gc, cursor] = [client.AllocID(), client.AllocID(), client.AllocID()];
  client.CreatePixmap(source, root, 1, side, side);
  client.CreateGC(gc, source, { foreground: 1 });
  client.PolyFillRectangle(source, gc, [0, 0, side, side]);
  const fore = { R: ((color >> 16) & 255) * 257, G: ((color >> 8) & 255) * 257, B: (color & 255) * 257 };
  client.CreateCursor(cursor, source, source, fore, fore, 1, 2);
  client.ChangeWindowAttributes(root, { cursor });
  await connection.sync();
}

async function resize(connection: XConnection, width: number, height: number): Promise<boolean> {
  const randr = await connection.extension('randr');
  const { root } = connection;
  const readInfo = () => connection.ask<ScreenInfo>((reply) => randr.GetScreenInfo(root, reply));
  const find = (info: ScreenInfo) =>
    info.screens.findIndex((size) => size.px_width === width && size.px_height === height);
  if (find(await readInfo()) < 0) await addMode(connection, randr, { width, height });
  const info = await readInfo();
  const index = find(info);
  if (index < 0) return false;
  const { status } = await connection.ask<{ status: number }>((reply) =>
    randr.SetScreenConfig(root, 0, info.config_timestamp, index, 1, 0, reply),
  );
  return status === 0;
}

async function addMode(connection: XConnection, randr: Randr, size: { width: number; height: number }): Promise<void> {
  const { root } = connection;
  const { outputs } = await connection.ask<{ outputs: number[] }>((reply) =>
    randr.GetScreenResourcesCurrent(root, reply),
  );
  const timing = { dot_clock: 60 * size.width * size.height, h_total: size.width, v_total: size.height };
  const edges = { h_sync_start: 0, h_sync_end: 0, v_sync_start: 0, v_sync_end: 0, h_skew: 0, modeflags: 0, id: 0 };
  const mode = await connection.ask<number>((reply) =>
    randr.CreateMode(root, { ...size, ...timing, ...edges, name: `${size.width}x${size.height}` }, reply),
  );
  for (const output of outputs) randr.AddOutputMode(output, mode);
  await connection.sync();
}

async function setMonitor(
  connection: XConnection,
  name: string,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): Promise<void> {
  const randr = await connection.extension('randr');
  const request = Buffer.alloc(32);
  request.writeUInt8(randr.majorOpcode, 0);
  request.writeUInt8(43, 1);
  request.writeUInt16LE(8, 2);
  request.writeUInt32LE(connection.root, 4);
  request.writeUInt32LE(await connection.atom(name), 8);
  request.writeInt16LE(x, 16);
  request.writeInt16LE(y, 18);
  request.writeUInt16LE(width, 20);
  request.writeUInt16LE(height, 22);
  request.writeUInt32LE(Math.round(width / 4), 24);
  request.writeUInt32LE(Math.round(height / 4), 28);
  connection.sendRaw(request);
  await connection.sync();
}
