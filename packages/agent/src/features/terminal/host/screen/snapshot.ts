import type { Emulator } from './emulator.ts';
import { serializeBuffer } from './serializeBuffer.ts';
import { finish, savedCursor, stopsAndMargins } from './terminalState.ts';

/** Of lines in one snapshot at most, in UTF-16 units; only what was made to be large reaches it. */
const MAX_LENGTH = 4 * 1024 * 1024;

/**
 * A stream that brings an empty terminal of the same size to where this one is: both buffers, and all that decides what the
 * bytes to come will do. The emulator must stand between two sequences, and stay as it is until the last part is done.
 */
export function* snapshot(emulator: Emulator): Generator<void, string> {
  const { buffers, terminal } = emulator;
  const isAlternate = buffers.active === buffers.alt;
  const normal = yield* serializeBuffer(emulator, terminal.buffer.normal, MAX_LENGTH);
  const normalState = `${savedCursor(emulator, buffers.normal)}${stopsAndMargins(emulator, buffers.normal)}`;
  if (!isAlternate) {
    const hidden = savedCursor(emulator, buffers.alt);
    return `${hidden && `\x1b[?47h${hidden}\x1b[?47l\x1b[H`}${normal}${normalState}${finish(emulator)}`;
  }
  const alternate = yield* serializeBuffer(emulator, terminal.buffer.alternate, MAX_LENGTH);
  const alternateState = `${savedCursor(emulator, buffers.alt)}${stopsAndMargins(emulator, buffers.alt)}`;
  return `${normal}${normalState}\x1b[?47h\x1b[H${alternate}${alternateState}${finish(emulator)}`;
}
