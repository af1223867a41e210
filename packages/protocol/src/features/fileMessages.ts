import { utf8, WireError } from '../wire/bytes.ts';

/**
 * One message on a files channel, both ways. `item` and `done` carry JSON: the question (the first message of the asking
 * side, always an item), something that is not the last, the result. `bytes` carries content. Whoever fails closes the
 * channel with a code instead of `done`.
 */
export type FileMessage =
  | { type: 'item'; json: unknown }
  | { type: 'bytes'; bytes: Uint8Array }
  | { type: 'done'; json: unknown };

const Kind = { item: 1, bytes: 2, done: 3 } as const;
/** What stands before the content of a `bytes` message, for whoever sends it in parts. */
export const FILE_BYTES: Uint8Array = Uint8Array.of(Kind.bytes);
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Content in one message at most; two of them fill a quarter of the window. */
export const FILE_CHUNK = 128 * 1024;

/** u8 kind, then the rest. */
export function encodeFileMessage(message: FileMessage): Uint8Array {
  const body = message.type === 'bytes' ? message.bytes : utf8(JSON.stringify(message.json));
  const bytes = new Uint8Array(1 + body.byteLength);
  bytes[0] = Kind[message.type];
  bytes.set(body, 1);
  return bytes;
}

/** The bytes of the result are a view into `payload`. Throws `WireError` on anything not allowed. */
export function decodeFileMessage(payload: Uint8Array): FileMessage {
  const body = payload.subarray(1);
  switch (payload[0]) {
    case Kind.item:
      return { type: 'item', json: parse(body) };
    case Kind.bytes:
      return { type: 'bytes', bytes: body };
    case Kind.done:
      return { type: 'done', json: parse(body) };
    default:
      throw new WireError('unknown file message');
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch (error) {
    throw new WireError(`file message: ${String(error)}`);
  }
}
