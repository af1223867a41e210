import { utf8, WireError } from '../wire/bytes.ts';

/**
 * One message on a commands channel. The hub asks (a `commandAsk`), and may send `input` and then `inputEnd`; the device
 * answers `started` when the program runs, its output as it comes, and `done` (a `commandEnd`) when all of it was sent. A
 * program that cannot be started closes the channel with a code.
 */
export type CommandMessage =
  | { type: 'ask' | 'done'; json: unknown }
  | { type: 'input' | 'stdout' | 'stderr'; bytes: Uint8Array }
  | { type: 'inputEnd' | 'started' };

const Kind = { ask: 1, input: 2, inputEnd: 3, started: 4, stdout: 5, stderr: 6, done: 7 } as const;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Output or input in one message at most, in bytes. */
export const COMMAND_CHUNK = 32 * 1024;

export function encodeCommandMessage(message: CommandMessage): Uint8Array {
  const body = bodyOf(message);
  const bytes = new Uint8Array(1 + body.byteLength);
  bytes[0] = Kind[message.type];
  bytes.set(body, 1);
  return bytes;
}

/** The bytes of the result are a view into `payload`. Throws `WireError` on anything not allowed. */
export function decodeCommandMessage(payload: Uint8Array): CommandMessage {
  const body = payload.subarray(1);
  switch (payload[0]) {
    case Kind.ask:
      return { type: 'ask', json: parse(body) };
    case Kind.done:
      return { type: 'done', json: parse(body) };
    case Kind.input:
      return { type: 'input', bytes: body };
    case Kind.stdout:
      return { type: 'stdout', bytes: body };
    case Kind.stderr:
      return { type: 'stderr', bytes: body };
    case Kind.inputEnd:
      return empty('inputEnd', body);
    case Kind.started:
      return empty('started', body);
    default:
      throw new WireError('unknown command message');
  }
}

function bodyOf(message: CommandMessage): Uint8Array {
  if ('json' in message) return utf8(JSON.stringify(message.json));
  return 'bytes' in message ? message.bytes : new Uint8Array(0);
}

function empty(type: 'inputEnd' | 'started', body: Uint8Array): CommandMessage {
  if (body.byteLength > 0) throw new WireError('command message too long');
  return { type };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch (error) {
    throw new WireError(`command message: ${String(error)}`);
  }
}
