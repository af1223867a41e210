import { WireError } from '@porthole/protocol';
import type { Schema } from '../../base/api.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** A JSON message of a device, if it has the promised shape; throws `WireError` otherwise. */
export function decodeJson<T>(bytes: Uint8Array, schema: Schema<T>): T {
  const parsed = schema.safeParse(parse(bytes));
  if (!parsed.success) throw new WireError('not the message that was promised');
  return parsed.data;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) throw new WireError('not JSON');
    throw error;
  }
}
