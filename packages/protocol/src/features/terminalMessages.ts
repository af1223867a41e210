import { ByteReader, ByteWriter, utf8, WireError } from '../wire/bytes.ts';
import { MAX_COLUMNS, MAX_ROWS, type TerminalSize } from './terminal.ts';

/**
 * One message of a device on a terminal channel. A viewer of a session gets `item` (a `terminalSession`) whenever something
 * about it changed, and the stream: `screen` says to begin anew with an empty terminal of that size, what follows as `output`
 * up to `ready` brings it to where the session is, and from then on `output` is what the programs write, `size` in between
 * where it changed. Whoever does not keep up gets another `screen` instead of what it missed. `done` is the last: a
 * `terminalEnd` for a session, the answer elsewhere. A refusal closes the channel with a code instead.
 */
export type FromTerminal =
  | { type: 'item'; json: unknown }
  | { type: 'output'; bytes: Uint8Array }
  | { type: 'screen'; size: TerminalSize }
  | { type: 'ready' }
  | { type: 'size'; size: TerminalSize }
  | { type: 'done'; json: unknown };

/** One message of a viewer. The first is always `ask`; on a session that it may type into, the others follow. */
export type ToTerminal =
  | { type: 'ask'; json: unknown }
  | { type: 'input'; bytes: Uint8Array }
  | { type: 'size'; size: TerminalSize };

const Kind = { item: 1, output: 2, screen: 3, ready: 4, size: 5, done: 6, ask: 7, input: 8 } as const;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Output in one message at most, in bytes. */
export const TERMINAL_CHUNK = 32 * 1024;
/** Input in one message at most, in bytes: of what is pasted, the rest follows in others. */
export const MAX_TERMINAL_INPUT = 16 * 1024;
/** What stands before the bytes of an `output` message, for whoever sends it in parts. */
export const TERMINAL_OUTPUT: Uint8Array = Uint8Array.of(Kind.output);

export function encodeFromTerminal(message: FromTerminal): Uint8Array {
  switch (message.type) {
    case 'item':
    case 'done':
      return withJson(Kind[message.type], message.json);
    case 'output':
      return withBytes(Kind.output, message.bytes);
    case 'screen':
    case 'size':
      return withSize(Kind[message.type], message.size);
    case 'ready':
      return Uint8Array.of(Kind.ready);
  }
}

export function encodeToTerminal(message: ToTerminal): Uint8Array {
  switch (message.type) {
    case 'ask':
      return withJson(Kind.ask, message.json);
    case 'input':
      return withBytes(Kind.input, message.bytes);
    case 'size':
      return withSize(Kind.size, message.size);
  }
}

/** The bytes of the result are a view into `payload`. Throws `WireError` on anything not allowed. */
export function decodeFromTerminal(payload: Uint8Array): FromTerminal {
  const reader = new ByteReader(payload);
  switch (reader.u8()) {
    case Kind.item:
      return { type: 'item', json: readJson(reader) };
    case Kind.output:
      return { type: 'output', bytes: reader.bytes(reader.remaining) };
    case Kind.screen:
      return { type: 'screen', size: readSize(reader) };
    case Kind.ready:
      reader.end();
      return { type: 'ready' };
    case Kind.size:
      return { type: 'size', size: readSize(reader) };
    case Kind.done:
      return { type: 'done', json: readJson(reader) };
    default:
      throw new WireError('unknown terminal message');
  }
}

/** As `decodeFromTerminal`, for what a viewer sends. */
export function decodeToTerminal(payload: Uint8Array): ToTerminal {
  const reader = new ByteReader(payload);
  switch (reader.u8()) {
    case Kind.ask:
      return { type: 'ask', json: readJson(reader) };
    case Kind.input:
      if (reader.remaining > MAX_TERMINAL_INPUT) throw new WireError('too much input at once');
      return { type: 'input', bytes: reader.bytes(reader.remaining) };
    case Kind.size:
      return { type: 'size', size: readSize(reader) };
    default:
      throw new WireError('unknown terminal message');
  }
}

function withJson(kind: number, json: unknown): Uint8Array {
  return withBytes(kind, utf8(JSON.stringify(json)));
}

function withBytes(kind: number, body: Uint8Array): Uint8Array {
  return new ByteWriter(1 + body.byteLength).u8(kind).raw(body).bytes;
}

function withSize(kind: number, { columns, rows }: TerminalSize): Uint8Array {
  return new ByteWriter(5).u8(kind).u16(columns).u16(rows).bytes;
}

function readSize(reader: ByteReader): TerminalSize {
  const size = { columns: reader.u16(), rows: reader.u16() };
  reader.end();
  const fits = size.columns >= 1 && size.columns <= MAX_COLUMNS && size.rows >= 1 && size.rows <= MAX_ROWS;
  if (!fits) throw new WireError('no size of a terminal');
  return size;
}

function readJson(reader: ByteReader): unknown {
  try {
    return JSON.parse(decoder.decode(reader.bytes(reader.remaining)));
  } catch (error) {
    throw new WireError(`terminal message: ${String(error)}`);
  }
}
