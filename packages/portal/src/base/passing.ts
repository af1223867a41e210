import type { ErrorCode } from '@porthole/protocol';

/** Why there is no channel, or no longer, as far as only the passing of time mends it: whoever wants one tries again. */
export const PASSING: ReadonlySet<ErrorCode> = new Set([
  'channel.closed',
  'channel.limit',
  'device.offline',
  'device.timeout',
  'link.replaced',
  'ticket.invalid',
  'grant.invalid',
  'internal',
]);
