import * as z from 'zod';
import type { FeatureSpec } from './feature.ts';

/** What may be done to a whole machine. There is nothing else, and no text of anybody reaches a shell. */
export const POWER_ACTIONS = ['lock', 'sleep', 'restart', 'shutDown'] as const;
export type PowerAction = (typeof POWER_ACTIONS)[number];

/** Chosen by who asks; the same one again does nothing a second time. */
export const requestId = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

const process = z.strictObject({
  id: requestId,
  action: z.enum(['end', 'kill']),
  pid: z.number().int().min(2),
  /** As in `processRow`: a number that was given to another process since is left alone. */
  started: z.number(),
  /** Needed to end the agent itself. */
  self: z.boolean(),
});
const machine = z.strictObject({ id: requestId, action: z.enum(POWER_ACTIONS) });
/** Sends a magic packet for another, sleeping device into the network of this one. */
const wake = z.strictObject({
  id: requestId,
  action: z.literal('wake'),
  mac: z.string().regex(/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/),
});

/**
 * One act, opened by the hub alone on behalf of a user. The agent accepts the channel once it is done (what ends the machine:
 * once the system has agreed to it) and closes it; otherwise it closes it with what went wrong.
 */
export const power = {
  capability: 'power',
  delivery: 'reliable',
  link: 'interactive',
  params: z.discriminatedUnion('action', [process, machine, wake]),
} as const satisfies FeatureSpec;
export type PowerParams = z.infer<typeof power.params>;
