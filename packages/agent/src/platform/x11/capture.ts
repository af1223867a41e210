import { PortholeError, type Rect } from '@porthole/protocol';
import type { Segment, Shm } from 'x11';
import type { XConnection } from './connection.ts';

const ALL_PLANES = 0xffff_ffff;
const Z_PIXMAP = 2;
const BYTES_PER_PIXEL = 4;

/** Rows of B, G, R, X bytes without gaps; overwritten by the next grab. */
export interface Grab {
  data: Uint8Array;
  stride: number;
  width: number;
  height: number;
}

/**
 * Reads pixels of the root window: through shared memory where the server takes it, else by plain GetImage (another
 * user's server, or a remote one). One grab at a time.
 */
export class Capture {
  readonly #connection: XConnection;
  readonly #shm: Shm | undefined;
  #segment: Segment | undefined;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(connection: XConnection, shm: Shm | undefined) {
    this.#connection = connection;
    this.#shm = shm;
  }

  /** Rejects with `display.missing` when the display's pixels are not 32-bit B, G, R. */
  static async open(connection: XConnection): Promise<Capture> {
    requireBgrx(connection);
    const shm = await connection.extension('shm').catch(() => undefined);
    const capture = new Capture(connection, shm);
    await capture.resize(connection.screen.pixel_width, connection.screen.pixel_height);
    return capture;
  }

  /** True when pixels come through shared memory. */
  get shared(): boolean {
    return this.#segment !== undefined;
  }

  /** Makes room for the whole display of this size; waits for a grab that runs. */
  resize(width: number, height: number): Promise<void> {
    return this.#inTurn(async () => {
      const size = width * height * BYTES_PER_PIXEL;
      const old = this.#segment;
      if (!this.#shm || this.#connection.ended || (old && old.buffer.length >= size)) return;
      const shm = this.#shm;
      this.#segment = await this.#connection
        .ask<Segment>((reply) => shm.createSegment(size, reply))
        .catch(() => undefined);
      old?.detach();
    });
  }

  /** Rejects when `rect` is not inside the display, or the connection ended. */
  grab(rect: Rect): Promise<Grab> {
    return this.#inTurn(async () => {
      const { width, height } = rect;
      const stride = width * BYTES_PER_PIXEL;
      const segment = this.#segment;
      const fits = segment && segment.buffer.length >= stride * height;
      const data = this.#shm && fits ? await this.#viaShm(this.#shm, segment, rect) : await this.#viaCore(rect);
      return { data, stride, width, height };
    });
  }

  async #viaShm(shm: Shm, segment: Segment, { x, y, width, height }: Rect): Promise<Uint8Array> {
    const { root } = this.#connection;
    const { size } = await this.#connection.ask<{ size: number }>((reply) =>
      shm.GetImage(root, x, y, width, height, ALL_PLANES, Z_PIXMAP, segment.shmseg, 0, reply),
    );
    segment.readback(0, size);
    return segment.buffer.subarray(0, size);
  }

  async #viaCore({ x, y, width, height }: Rect): Promise<Uint8Array> {
    const { client, root } = this.#connection;
    const { data } = await this.#connection.ask<{ data: Uint8Array }>((reply) =>
      client.GetImage(Z_PIXMAP, root, x, y, width, height, ALL_PLANES, (error, image) => reply(error, image)),
    );
    return data;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function requireBgrx({ info, screen, display }: XConnection): void {
  const visual = screen.depths[screen.root_depth]?.[screen.root_visual];
  const format = info.format[screen.root_depth];
  const bgrx = visual?.red_mask === 0xff_0000 && visual.green_mask === 0xff00 && visual.blue_mask === 0xff;
  if (bgrx && format?.bits_per_pixel === 32 && info.image_byte_order === 0) return;
  throw new PortholeError(
    'display.missing',
    `The display ${display} has ${screen.root_depth}-bit colours; only 24 or 32-bit colours are supported.`,
  );
}
