import type * as z from 'zod';
import type { Capability } from '../capabilities.ts';
import { LIMITS } from '../limits.ts';
import { WireError } from './bytes.ts';

/**
 * Who may send a message: a capability on the device that it names, 'session' (any signed-in user), 'ticket' (what the
 * ticket inside grants), or one of the two programs.
 */
export type MessageRight = Capability | 'session' | 'ticket' | 'agent' | 'hub';

/** One control message: its schema (a strict object with a literal `type`) and the right that sending it needs. */
export interface MessageSpec {
  readonly right: MessageRight;
  readonly schema: z.ZodType<{ type: string }>;
}

export type MessageTable = Record<string, MessageSpec>;
export type MessageOf<Table extends MessageTable> = z.infer<Table[keyof Table]['schema']>;

/** Parses and checks one control message against its table. Throws `WireError` naming what does not fit. */
export function parseMessage<Table extends MessageTable>(table: Table, text: string): MessageOf<Table> {
  if (text.length > LIMITS.control) throw new WireError('control message too large');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new WireError('control message is not JSON');
  }
  const type = json !== null && typeof json === 'object' && 'type' in json ? json.type : undefined;
  const spec = typeof type === 'string' && Object.hasOwn(table, type) ? table[type] : undefined;
  if (!spec) throw new WireError('unknown control message');
  const parsed = spec.schema.safeParse(json);
  if (!parsed.success) throw new WireError(`control message '${type}' does not fit its schema`);
  return parsed.data as MessageOf<Table>;
}
