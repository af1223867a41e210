import type * as z from 'zod';
import { ByteReader, ByteWriter, utf8, WireError } from '../wire/bytes.ts';
import {
  type CodedRect,
  Coder,
  MAX_IMAGE_PIXELS,
  MAX_SIDE,
  MAX_TILE_PIXELS,
  type ScreenMessage,
  type ScreenReply,
  type ScreenUpdate,
  screenState,
  screenWishes,
  type VideoPiece,
} from './screen.ts';

const Kind = { state: 1, update: 2, cursor: 3, pointer: 4, pong: 5 } as const;
const ReplyKind = { ack: 1, ping: 2, refresh: 3, wish: 4 } as const;
const Flag = { last: 1, exact: 2, delayAck: 4 } as const;
const VideoFlag = { key: 1, more: 2 } as const;
const COPY_BYTES = 4;
const MAX_WISH_BYTES = 1024;
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
      return { type: 'state', state: readJson(reader, { schema: screenState, maxBytes: 16_384 }) };
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

/** The rest of a message as JSON of at most `maxBytes`. */
function readJson<T>(reader: ByteReader, { schema, maxBytes }: { schema: z.ZodType<T>; maxBytes: number }): T {
  let json: unknown;
  try {
    json = JSON.parse(reader.text(reader.remaining, maxBytes));
  } catch (error) {
    throw new WireError(`screen message: ${String(error)}`);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new WireError('screen message does not fit its schema');
  return parsed.data;
}

function encodeUpdate(update: ScreenUpdate): Uint8Array {
  const size = update.rects.reduce((sum, rect) => sum + RECT_HEADER + rect.bytes.byteLength, 20);
  const writer = new ByteWriter(size)
    .u8(Kind.update)
    .u8((update.last ? Flag.last : 0) | (update.exact ? Flag.exact : 0) | (update.delayAck ? Flag.delayAck : 0))
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
  const flags = reader.u8();
  if (flags > (Flag.last | Flag.exact | Flag.delayAck)) throw new WireError('unknown update flags');
  const seq = reader.u32();
  const capturedAt = reader.f64();
  const captureMs = reader.u16() / 10;
  const encodeMs = reader.u16() / 10;
  const count = reader.u16();
  if (count * RECT_HEADER > reader.remaining) throw new WireError('more rectangles than bytes');
  const rects = Array.from({ length: count }, () => readRect(reader));
  const has = (flag: number) => (flags & flag) !== 0;
  const marks = { last: has(Flag.last), exact: has(Flag.exact), delayAck: has(Flag.delayAck) };
  return { seq, ...marks, capturedAt, captureMs, encodeMs, rects };
}

function readRect(reader: ByteReader): CodedRect {
  const [x, y, width, height] = [reader.u16(), reader.u16(), reader.u16(), reader.u16()];
  const coder = reader.u8();
  if (!isCoder(coder)) throw new WireError('unknown coder');
  if (width === 0 || height === 0 || width * height > MAX_PIXELS[coder]) throw new WireError('rectangle of odd size');
  if (x + width > MAX_SIDE || y + height > MAX_SIDE) throw new WireError('rectangle out of bounds');
  const bytes = reader.bytes(reader.u32());
  return { x, y, width, height, coder, bytes };
}

const MAX_PIXELS: Readonly<Record<Coder, number>> = {
  [Coder.solid]: MAX_SIDE * MAX_SIDE,
  [Coder.palette]: MAX_TILE_PIXELS,
  [Coder.rgb]: MAX_TILE_PIXELS,
  [Coder.copy]: MAX_SIDE * MAX_SIDE,
  [Coder.jpeg]: MAX_IMAGE_PIXELS,
  [Coder.webp]: MAX_IMAGE_PIXELS,
  [Coder.video]: MAX_SIDE * MAX_SIDE,
};

function isCoder(coder: number): coder is Coder {
  return coder in MAX_PIXELS;
}

/** The bytes of a `copy` rectangle: where it is copied from. */
export function encodeCopy(x: number, y: number): Uint8Array {
  return new ByteWriter(COPY_BYTES).u16(x).u16(y).bytes;
}

/** Throws `WireError` on anything that is not a place. */
export function decodeCopy(bytes: Uint8Array): { x: number; y: number } {
  const reader = new ByteReader(bytes);
  const place = { x: reader.u16(), y: reader.u16() };
  reader.end();
  return place;
}

export function encodeVideoPiece({ stream, key, more, codec, bytes }: VideoPiece): Uint8Array {
  const name = key ? utf8(codec) : new Uint8Array();
  const writer = new ByteWriter(2 + (key ? 1 + name.byteLength : 0) + bytes.byteLength);
  writer.u8(stream).u8((key ? VideoFlag.key : 0) | (more ? VideoFlag.more : 0));
  if (key) writer.u8(name.byteLength).raw(name);
  return writer.raw(bytes).bytes;
}

/** `bytes` of the result is a view. Throws `WireError` on anything not allowed. */
export function decodeVideoPiece(bytes: Uint8Array): VideoPiece {
  const reader = new ByteReader(bytes);
  const [stream, flags] = [reader.u8(), reader.u8()];
  if (flags > (VideoFlag.key | VideoFlag.more)) throw new WireError('unknown video flags');
  const key = (flags & VideoFlag.key) !== 0;
  const codec = key ? reader.text(reader.u8(), 32) : '';
  return { stream, key, more: (flags & VideoFlag.more) !== 0, codec, bytes: reader.bytes(reader.remaining) };
}

export function encodeScreenReply(reply: ScreenReply): Uint8Array {
  switch (reply.type) {
    case 'ack': {
      const writer = new ByteWriter(9).u8(ReplyKind.ack).u32(reply.seq);
      return writer.u16(tenths(reply.decodeMs)).u16(tenths(reply.paintMs)).bytes;
    }
    case 'wish': {
      const json = utf8(JSON.stringify(reply.wishes));
      return new ByteWriter(1 + json.byteLength).u8(ReplyKind.wish).raw(json).bytes;
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

/** Whether a reply is a `wish`, as far as can be told without reading it: what holds until the next one of the same viewer. */
export function isScreenWish(bytes: Uint8Array): boolean {
  return bytes[0] === ReplyKind.wish && bytes.byteLength <= MAX_WISH_BYTES + 1;
}

function readScreenReply(reader: ByteReader): ScreenReply {
  switch (reader.u8()) {
    case ReplyKind.ack:
      return { type: 'ack', seq: reader.u32(), decodeMs: reader.u16() / 10, paintMs: reader.u16() / 10 };
    case ReplyKind.wish:
      return { type: 'wish', wishes: readJson(reader, { schema: screenWishes, maxBytes: MAX_WISH_BYTES }) };
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
