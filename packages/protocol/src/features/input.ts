import * as z from 'zod';
import { ByteReader, ByteWriter, utf8, WireError } from '../wire/bytes.ts';
import type { FeatureSpec } from './feature.ts';

/**
 * Pointer and keys, viewer to agent. The open channel is the seat: a device has at most one, opening one takes
 * control from whoever had it, and closing it for any reason releases every key and button.
 */
export const input = {
  capability: 'control',
  delivery: 'reliable',
  link: 'interactive',
  params: z.strictObject({
    /** False: be refused (`control.busy`) rather than take control from somebody. */
    take: z.boolean(),
  }),
} as const satisfies FeatureSpec;
export type InputParams = z.infer<typeof input.params>;

/** Longest text of one message, in bytes. */
export const MAX_INPUT_TEXT = 4096;

/**
 * Coordinates are those of the whole display, whichever monitor is watched. `button` counts as the DOM does: 0 left, 1 middle, 2 right, 3 back, 4 forward. Wheel deltas are 1/120 notch, down and
 * right positive. `keysym` is an X11 keysym (0 when unknown), `code` the DOM's physical key ('' when unknown).
 */
export type InputMessage =
  | { type: 'move'; x: number; y: number }
  | { type: 'button'; button: number; down: boolean; x: number; y: number }
  | { type: 'wheel'; dx: number; dy: number; x: number; y: number }
  | { type: 'key'; down: boolean; keysym: number; code: string }
  | { type: 'text'; text: string }
  | { type: 'release' };

const Kind = { move: 1, button: 2, wheel: 3, key: 4, text: 5, release: 6 } as const;

export function encodeInput(message: InputMessage): Uint8Array {
  switch (message.type) {
    case 'move':
      return new ByteWriter(5).u8(Kind.move).u16(message.x).u16(message.y).bytes;
    case 'button': {
      const writer = new ByteWriter(7).u8(Kind.button).u8(message.button);
      return writer
        .u8(message.down ? 1 : 0)
        .u16(message.x)
        .u16(message.y).bytes;
    }
    case 'wheel': {
      const writer = new ByteWriter(9).u8(Kind.wheel).i16(message.dx).i16(message.dy);
      return writer.u16(message.x).u16(message.y).bytes;
    }
    case 'key': {
      const code = utf8(message.code);
      const writer = new ByteWriter(7 + code.byteLength).u8(Kind.key).u8(message.down ? 1 : 0);
      return writer.u32(message.keysym).u8(code.byteLength).raw(code).bytes;
    }
    case 'text': {
      const text = utf8(message.text);
      return new ByteWriter(1 + text.byteLength).u8(Kind.text).raw(text).bytes;
    }
    case 'release':
      return new ByteWriter(1).u8(Kind.release).bytes;
  }
}

/** Throws `WireError` on anything that is not exactly one message. */
export function decodeInput(bytes: Uint8Array): InputMessage {
  const reader = new ByteReader(bytes);
  const message = readInput(reader);
  reader.end();
  return message;
}

function readInput(reader: ByteReader): InputMessage {
  switch (reader.u8()) {
    case Kind.move:
      return { type: 'move', x: reader.u16(), y: reader.u16() };
    case Kind.button: {
      const button = reader.u8();
      if (button > 4) throw new WireError('unknown button');
      return { type: 'button', button, down: readFlag(reader), x: reader.u16(), y: reader.u16() };
    }
    case Kind.wheel:
      return { type: 'wheel', dx: reader.i16(), dy: reader.i16(), x: reader.u16(), y: reader.u16() };
    case Kind.key: {
      const down = readFlag(reader);
      const keysym = reader.u32();
      const code = reader.text(reader.u8(), 32);
      return { type: 'key', down, keysym, code };
    }
    case Kind.text:
      return { type: 'text', text: reader.text(reader.remaining, MAX_INPUT_TEXT) };
    case Kind.release:
      return { type: 'release' };
    default:
      throw new WireError('unknown input message');
  }
}

function readFlag(reader: ByteReader): boolean {
  const value = reader.u8();
  if (value > 1) throw new WireError('neither true nor false');
  return value === 1;
}
