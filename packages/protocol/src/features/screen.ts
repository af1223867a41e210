import * as z from 'zod';
import { ByteReader, ByteWriter, utf8, WireError } from '../wire/bytes.ts';
import type { FeatureSpec } from './feature.ts';

/** The picture of one monitor, agent to viewer, and the viewer's acknowledgements. One encode serves every viewer of a monitor. */
export const screen = {
  capability: 'view',
  delivery: 'lossy',
  link: 'interactive',
  params: z.strictObject({
    /** Which monitor; '' is the whole display. */
    monitor: z.string().max(64),
  }),
} as const satisfies FeatureSpec;
export type ScreenParams = z.infer<typeof screen.params>;

/** Largest display side that is accepted, in pixels. */
export const MAX_SIDE = 16_384;
/** Largest rectangle of one coded tile, in pixels; keeps a message far below the frame limit. */
export const MAX_TILE_PIXELS = 65_536;

/**
 * How the bytes of a rectangle are coded. A video codec joins here as one more coder.
 * solid: 3 bytes R G B. palette: u8 count-1, count times R G B, then raw deflate of one index byte per pixel.
 * rgb: raw deflate of three bytes per pixel, each row as the difference to the pixel on the left.
 */
export const Coder = { solid: 0, palette: 1, rgb: 2 } as const;
export type Coder = (typeof Coder)[keyof typeof Coder];

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface CodedRect extends Rect {
  coder: Coder;
  bytes: Uint8Array;
}

export interface Monitor extends Rect {
  id: string;
  name: string;
}

export const screenState = z.strictObject({
  /** 'ok', or why there is no picture. */
  display: z.enum(['ok', 'missing', 'lost']),
  /** Size of the monitor shown, in pixels; 0 while there is none. */
  width: z.number().int().min(0).max(MAX_SIDE),
  height: z.number().int().min(0).max(MAX_SIDE),
  monitor: z.string().max(64),
  monitors: z
    .array(
      z.strictObject({
        id: z.string().max(64),
        name: z.string().max(64),
        x: z.number().int().min(-MAX_SIDE).max(MAX_SIDE),
        y: z.number().int().min(-MAX_SIDE).max(MAX_SIDE),
        width: z.number().int().min(1).max(MAX_SIDE),
        height: z.number().int().min(1).max(MAX_SIDE),
      }),
    )
    .max(16),
});
export type ScreenState = z.infer<typeof screenState>;

/**
 * Part of a picture. A picture may take several parts (same `seq`); the viewer shows it when the part with `last` came.
 * `capturedAt` is the device's monotonic clock in ms at the moment the change was noticed; the two costs are in ms.
 */
export interface ScreenUpdate {
  seq: number;
  last: boolean;
  capturedAt: number;
  captureMs: number;
  encodeMs: number;
  rects: CodedRect[];
}

export interface CursorShape {
  width: number;
  height: number;
  hotX: number;
  hotY: number;
  /** Straight (not premultiplied) RGBA, width * height * 4 bytes; empty when the cursor is hidden. */
  rgba: Uint8Array;
}

export type ScreenMessage =
  | { type: 'state'; state: ScreenState }
  | ({ type: 'update' } & ScreenUpdate)
  | ({ type: 'cursor' } & CursorShape)
  | { type: 'pointer'; x: number; y: number }
  | { type: 'pong'; sentAt: number; deviceAt: number };

/** From the viewer. `ack` follows the last part of a picture; costs in ms. `refresh` asks for the whole picture. */
export type ScreenReply =
  | { type: 'ack'; seq: number; decodeMs: number; paintMs: number }
  | { type: 'ping'; sentAt: number }
  | { type: 'refresh' };

const Kind = { state: 1, update: 2, cursor: 3, pointer: 4, pong: 5 } as const;
const ReplyKind = { ack: 1, ping: 2, refresh: 3 } as const;
const RECT_HEADER = 13;
const MAX_CURSOR_SIDE = 256;

export function encodeScreen(message: ScreenMessage): Uint8Array {
  switch (message.type) {
    case 'state': {
      const json = utf8(JSON.stringify(message.state));
      return new ByteWriter(1 + json.byteLength).u8(Kind.state).raw(json).bytes;
    }
    case 'update':
      return encodeUpdate(message);
    case 'cursor': {
      const writer = new ByteWriter(9 + message.rgba.byteLength).u8(Kind.cursor).u16(message.width).u16(message.height);
      return writer.u16(message.hotX).u16(message.hotY).raw(message.rgba).bytes;
    }
    case 'pointer':
      return new ByteWriter(5).u8(Kind.pointer).i16(message.x).i16(message.y).bytes;
    case 'pong':
      return new ByteWriter(17).u8(Kind.pong).f64(message.sentAt).f64(message.deviceAt).bytes;
  }
}

/** Decodes one message of the agent; coded bytes are views into `bytes`. Throws `WireError` on anything not allowed. */
export function decodeScreen(bytes: Uint8Array): ScreenMessage {
  const reader = new ByteReader(bytes);
  const message = readScreen(reader);
  reader.end();
  return message;
}

function readScreen(reader: ByteReader): ScreenMessage {
  switch (reader.u8()) {
    case Kind.state:
      return { type: 'state', state: readState(reader) };
    case Kind.update:
      return { type: 'update', ...readUpdate(reader) };
    case Kind.cursor: {
      const [width, height, hotX, hotY] = [reader.u16(), reader.u16(), reader.u16(), reader.u16()];
      if (width > MAX_CURSOR_SIDE || height > MAX_CURSOR_SIDE) throw new WireError('cursor too large');
      return { type: 'cursor', width, height, hotX, hotY, rgba: reader.bytes(width * height * 4) };
    }
    case Kind.pointer:
      return { type: 'pointer', x: reader.i16(), y: reader.i16() };
    case Kind.pong:
      return { type: 'pong', sentAt: reader.f64(), deviceAt: reader.f64() };
    default:
      throw new WireError('unknown screen message');
  }
}

function readState(reader: ByteReader): ScreenState {
  let json: unknown;
  try {
    json = JSON.parse(reader.text(reader.remaining, 16_384));
  } catch (error) {
    throw new WireError(`screen state: ${String(error)}`);
  }
  const parsed = screenState.safeParse(json);
  if (!parsed.success) throw new WireError('screen state does not fit its schema');
  return parsed.data;
}

function encodeUpdate(update: ScreenUpdate): Uint8Array {
  const size = update.rects.reduce((sum, rect) => sum + RECT_HEADER + rect.bytes.byteLength, 20);
  const writer = new ByteWriter(size)
    .u8(Kind.update)
    .u8(update.last ? 1 : 0)
    .u32(update.seq)
    .f64(update.capturedAt);
  writer.u16(tenths(update.captureMs)).u16(tenths(update.encodeMs)).u16(update.rects.length);
  for (const rect of update.rects) {
    writer.u16(rect.x).u16(rect.y).u16(rect.width).u16(rect.height);
    writer.u8(rect.coder).u32(rect.bytes.byteLength).raw(rect.bytes);
  }
  return writer.bytes;
}

function readUpdate(reader: ByteReader): ScreenUpdate {
  const last = reader.u8();
  if (last > 1) throw new WireError('unknown update flags');
  const seq = reader.u32();
  const capturedAt = reader.f64();
  const captureMs = reader.u16() / 10;
  const encodeMs = reader.u16() / 10;
  const count = reader.u16();
  if (count * RECT_HEADER > reader.remaining) throw new WireError('more rectangles than bytes');
  const rects = Array.from({ length: count }, () => readRect(reader));
  return { seq, last: last === 1, capturedAt, captureMs, encodeMs, rects };
}

function readRect(reader: ByteReader): CodedRect {
  const [x, y, width, height] = [reader.u16(), reader.u16(), reader.u16(), reader.u16()];
  if (width === 0 || height === 0 || width * height > MAX_TILE_PIXELS) throw new WireError('rectangle of odd size');
  if (x + width > MAX_SIDE || y + height > MAX_SIDE) throw new WireError('rectangle out of bounds');
  const coder = reader.u8();
  if (coder !== Coder.solid && coder !== Coder.palette && coder !== Coder.rgb) throw new WireError('unknown coder');
  return { x, y, width, height, coder, bytes: reader.bytes(reader.u32()) };
}

export function encodeScreenReply(reply: ScreenReply): Uint8Array {
  switch (reply.type) {
    case 'ack': {
      const writer = new ByteWriter(9).u8(ReplyKind.ack).u32(reply.seq);
      return writer.u16(tenths(reply.decodeMs)).u16(tenths(reply.paintMs)).bytes;
    }
    case 'ping':
      return new ByteWriter(9).u8(ReplyKind.ping).f64(reply.sentAt).bytes;
    case 'refresh':
      return new ByteWriter(1).u8(ReplyKind.refresh).bytes;
  }
}

export function decodeScreenReply(bytes: Uint8Array): ScreenReply {
  const reader = new ByteReader(bytes);
  const reply = readScreenReply(reader);
  reader.end();
  return reply;
}

function readScreenReply(reader: ByteReader): ScreenReply {
  switch (reader.u8()) {
    case ReplyKind.ack:
      return { type: 'ack', seq: reader.u32(), decodeMs: reader.u16() / 10, paintMs: reader.u16() / 10 };
    case ReplyKind.ping:
      return { type: 'ping', sentAt: reader.f64() };
    case ReplyKind.refresh:
      return { type: 'refresh' };
    default:
      throw new WireError('unknown screen reply');
  }
}

/** Tenths of a millisecond as u16, saturating at 6.5 s. */
function tenths(ms: number): number {
  return Math.max(0, Math.min(65_535, Math.round(ms * 10)));
}
