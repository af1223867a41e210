import { LIMITS } from '../limits.ts';
import { WireError } from './bytes.ts';

/**
 * Binary frames, one per WebSocket message: an 8-byte header and a payload. Control messages travel as text instead.
 *
 *     0      1      2             4                    8
 *     ┌──────┬──────┬─────────────┬────────────────────┬─────────
 *     │ type │flags │ reserved 0  │ channel (u32, BE)  │ payload
 *     └──────┴──────┴─────────────┴────────────────────┴─────────
 */
export const FRAME_HEADER = 8;

export const FrameType = { data: 1, credit: 2 } as const;
export type FrameType = (typeof FrameType)[keyof typeof FrameType];

/** On a lossy channel: this message stands alone, so a reader that lost earlier ones may continue here. */
export const FLAG_SYNC = 1;

/** Channel ids with this bit name a group: one message of the agent for every member of the group. */
export const GROUP_BIT = 0x8000_0000;

export type Frame =
  | { type: 'data'; channel: number; sync: boolean; payload: Uint8Array }
  | { type: 'credit'; channel: number; bytes: number };

/** A data frame. The payload is copied once, behind the header. */
export function encodeData(channel: number, payload: Uint8Array, sync = false): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(FRAME_HEADER + payload.byteLength);
  writeHeader(frame, FrameType.data, sync ? FLAG_SYNC : 0, channel);
  frame.set(payload, FRAME_HEADER);
  return frame;
}

/** A data frame whose payload is in parts; each is copied once, behind the one before. */
export function encodeDataParts(channel: number, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const size = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const frame = new Uint8Array(FRAME_HEADER + size);
  writeHeader(frame, FrameType.data, 0, channel);
  let at = FRAME_HEADER;
  for (const part of parts) {
    frame.set(part, at);
    at += part.byteLength;
  }
  return frame;
}

/** A credit frame: the reader has consumed `bytes` payload bytes of the channel. */
export function encodeCredit(channel: number, bytes: number): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(FRAME_HEADER + 4);
  writeHeader(frame, FrameType.credit, 0, channel);
  new DataView(frame.buffer).setUint32(FRAME_HEADER, bytes);
  return frame;
}

/** Decodes a frame; the payload is a view into `bytes`. Throws `WireError` on anything not allowed. */
export function decodeFrame(bytes: Uint8Array): Frame {
  if (bytes.byteLength < FRAME_HEADER) throw new WireError('frame shorter than its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(1);
  if (view.getUint16(2) !== 0) throw new WireError('reserved bits are set');
  const channel = view.getUint32(4);
  switch (view.getUint8(0)) {
    case FrameType.data: {
      if ((flags & ~FLAG_SYNC) !== 0) throw new WireError('unknown flags');
      if (bytes.byteLength > FRAME_HEADER + LIMITS.dataPayload) throw new WireError('data frame too large');
      return { type: 'data', channel, sync: (flags & FLAG_SYNC) !== 0, payload: bytes.subarray(FRAME_HEADER) };
    }
    case FrameType.credit: {
      if (flags !== 0) throw new WireError('unknown flags');
      if (bytes.byteLength !== FRAME_HEADER + 4) throw new WireError('credit frame of wrong size');
      return { type: 'credit', channel, bytes: view.getUint32(FRAME_HEADER) };
    }
    default:
      throw new WireError('unknown frame type');
  }
}

/** The frame of the same message on another connection: only the channel differs. */
export function readdress(frame: Uint8Array, channel: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(frame);
  new DataView(copy.buffer).setUint32(4, channel);
  return copy;
}

function writeHeader(frame: Uint8Array<ArrayBuffer>, type: FrameType, flags: number, channel: number): void {
  const view = new DataView(frame.buffer);
  view.setUint8(0, type);
  view.setUint8(1, flags);
  view.setUint32(4, channel);
}
