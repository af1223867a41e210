import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Rect } from '@porthole/protocol';

/** What was drawn at one moment of a recorded display: the new pixels of a rectangle. */
export interface TraceStep extends Rect {
  /** Milliseconds since the recording began. */
  at: number;
  /** B G R per pixel, rows without gaps. */
  bgr: Uint8Array;
}

/** A recorded display. */
export interface Trace {
  width: number;
  height: number;
  steps: TraceStep[];
}

const HEAD = 4;
const STEP_HEAD = 16;

/**
 * A trace as a file: u16 width, u16 height; then for each step u32 at, u16 x, y, width, height, u32 length, and that many bytes
 * of deflated pixels, as differences to the pixel on the left.
 */
export function writeTrace({ width, height, steps }: Trace): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt16BE(width, 0);
  head.writeUInt16BE(height, 2);
  return Buffer.concat([head, ...steps.flatMap(writeStep)]);
}

export function readTrace(file: Buffer): Trace {
  const steps: TraceStep[] = [];
  for (let offset = HEAD; offset < file.byteLength; ) {
    const length = file.readUInt32BE(offset + 12);
    steps.push(readStep(file.subarray(offset, offset + STEP_HEAD + length)));
    offset += STEP_HEAD + length;
  }
  return { width: file.readUInt16BE(0), height: file.readUInt16BE(2), steps };
}

function writeStep({ at, x, y, width, height, bgr }: TraceStep): Buffer[] {
  const coded = deflateRawSync(leftDifferences(bgr, width, -1), { level: 9 });
  const head = Buffer.alloc(STEP_HEAD);
  head.writeUInt32BE(at, 0);
  for (const [index, value] of [x, y, width, height].entries()) head.writeUInt16BE(value, 4 + index * 2);
  head.writeUInt32BE(coded.byteLength, 12);
  return [head, coded];
}

function readStep(bytes: Buffer): TraceStep {
  const [x, y, width, height] = [4, 6, 8, 10].map((at) => bytes.readUInt16BE(at)) as [number, number, number, number];
  const bgr = leftDifferences(inflateRawSync(bytes.subarray(STEP_HEAD)), width, 1);
  return { at: bytes.readUInt32BE(0), x, y, width, height, bgr };
}

/** Takes each pixel's left neighbour off (-1), or adds it up again (1). */
function leftDifferences(bgr: Uint8Array, width: number, sign: 1 | -1): Uint8Array {
  const out = new Uint8Array(bgr.byteLength);
  for (let at = 0; at < bgr.byteLength; at++) {
    const isFirst = at % (width * 3) < 3;
    const left = isFirst ? 0 : ((sign === 1 ? out : bgr)[at - 3] ?? 0);
    out[at] = (bgr[at] ?? 0) + sign * left;
  }
  return out;
}
