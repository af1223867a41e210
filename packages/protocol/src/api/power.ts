import * as z from 'zod';
import { POWER_ACTIONS, requestId } from '../features/power.ts';

/** Does something to a whole machine. */
export const powerBody = z.strictObject({ id: requestId, action: z.enum(POWER_ACTIONS) });

/** Ends a process, politely or not; `started` as in `processRow`. */
export const endProcess = z.strictObject({
  id: requestId,
  started: z.number(),
  kill: z.boolean(),
  /** Needed to end the agent itself. */
  self: z.boolean(),
});

/** Who sent magic packets: the hub, and how many devices. */
export const wakeResult = z.strictObject({ hub: z.boolean(), devices: z.number().int().nonnegative() });
export type WakeResult = z.infer<typeof wakeResult>;
