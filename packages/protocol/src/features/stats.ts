import * as z from 'zod';
import type { FeatureSpec } from './feature.ts';

/** Text that a system or a program chose: bounded here, shown escaped. */
const label = z.string().max(256);
const bytes = z.number().nonnegative();
/** Bytes per second. */
const rate = z.number().nonnegative();
const share = z.number().min(0).max(1);
const celsius = z.number().min(-273).max(1_000);
const used = z.strictObject({ used: bytes, total: bytes });
const pid = z.number().int().nonnegative();

/** A process that stood out. `cpu` in cores (2 is two cores busy), `memory` in bytes. */
export const topProcess = z.strictObject({ pid, name: label, cpu: z.number().nonnegative(), memory: bytes });
export type TopProcess = z.infer<typeof topProcess>;

/**
 * Health of a device at one moment, as it is recorded: `cpu` is 0..1 over all cores since the sample before; memory in bytes;
 * `at` ms since 1970 on the device. What the machine lacks is left out.
 */
export const statsSample = z.strictObject({
  at: z.number().nonnegative(),
  cpu: share,
  memory: used,
  swap: used.optional(),
  /** Average of the last minute, as the system counts it. */
  load: z.number().nonnegative().optional(),
  /** The drive that the system is on. */
  disk: used.optional(),
  io: z.strictObject({ read: rate, written: rate }).optional(),
  /** All interfaces that lead out of the machine. */
  network: z.strictObject({ received: rate, sent: rate }).optional(),
  /** The hottest part, in °C. */
  temperature: celsius.optional(),
  gpu: share.optional(),
  battery: z.strictObject({ charge: share, charging: z.boolean() }).optional(),
  /** The busiest since the last time and the largest; not in every sample. */
  top: z.array(topProcess).max(6).optional(),
  /** Those of `programs` that do not run; left out when all do, or none were asked for. */
  missing: z.array(label).max(32).optional(),
});
export type StatsSample = z.infer<typeof statsSample>;

/** Everything that somebody sees who looks at the health of a device, at one moment. */
export const healthSample = z.strictObject({
  at: z.number().nonnegative(),
  cpu: share,
  /** Each logical core; `mhz` where the system tells. */
  cores: z.array(z.strictObject({ busy: share, mhz: z.number().nonnegative().optional() })).max(1_024),
  load: z.array(z.number().nonnegative()).length(3).optional(),
  memory: used.extend({ cached: bytes.optional() }),
  swap: used.optional(),
  disks: z.array(used.extend({ mount: z.string().max(1_024) })).max(64),
  drives: z.array(z.strictObject({ name: label, read: rate, written: rate, busy: share.optional() })).max(64),
  interfaces: z.array(z.strictObject({ name: label, received: rate, sent: rate })).max(64),
  temperatures: z.array(z.strictObject({ name: label, celsius })).max(128),
  fans: z.array(z.strictObject({ name: label, rpm: z.number().nonnegative() })).max(64),
  gpus: z
    .array(
      z.strictObject({ name: label, busy: share.optional(), memory: used.optional(), celsius: celsius.optional() }),
    )
    .max(16),
  battery: z
    .strictObject({ charge: share, charging: z.boolean(), minutesLeft: z.number().nonnegative().optional() })
    .optional(),
});
export type HealthSample = z.infer<typeof healthSample>;

/** One process. `cpu` in cores, `memory` in bytes (resident), `started` in ms since 1970: with the pid it names the process for good. */
export const processRow = z.strictObject({
  pid,
  parent: pid,
  name: label,
  /** The whole command line, cut. */
  command: z.string().max(512),
  user: label,
  state: z.string().max(16),
  cpu: z.number().nonnegative(),
  memory: bytes,
  started: z.number(),
});
export type ProcessRow = z.infer<typeof processRow>;

/** The first message of a `processes` channel, and one after each lag, has `whole`: rows not in it are gone. Others name changes only. */
export const processNews = z.strictObject({
  at: z.number(),
  whole: z.boolean(),
  /** More follow for the same moment. */
  more: z.boolean(),
  rows: z.array(processRow).max(500),
  gone: z.array(pid).max(20_000),
});
export type ProcessNews = z.infer<typeof processNews>;

const intervalMs = z.number().int().min(500).max(3_600_000);

/**
 * Agent to viewer, JSON messages at the interval asked for, the first at once: `sample` sends `statsSample` (the hub holds this
 * one), `health` sends `healthSample`, `processes` sends `processNews`.
 */
export const stats = {
  capability: 'stats',
  delivery: 'lossy',
  link: 'interactive',
  params: z.strictObject({
    operation: z.enum(['sample', 'health', 'processes']),
    intervalMs,
    /** For `sample`: names of programs that should run, one a line. */
    programs: z.string().max(256).default(''),
  }),
} as const satisfies FeatureSpec;
export type StatsParams = z.infer<typeof stats.params>;
