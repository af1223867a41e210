import * as z from 'zod';
import { commandAsk } from '../features/commands.ts';
import { filePath } from '../features/files.ts';
import { utf8 } from '../wire/bytes.ts';
import { deviceId } from '../wire/common.ts';

/** Devices of one run at most. */
export const MAX_RUN_DEVICES = 1_000;
/** Bytes that a run may hand to the standard input of each of its commands. */
export const MAX_RUN_INPUT = 64 * 1024;
/** Bytes of output that are kept of one device and run: the first half and the last. */
export const MAX_RUN_OUTPUT = 1024 * 1024;
/** Largest answer of `GET /api/runs`. */
export const MAX_RUN_PAGE = 100;

const seconds = (max: number) => z.number().int().min(0).max(max);
const time = z.number();

/** Run one command on many devices. */
export const createRun = z.strictObject({
  devices: z.array(deviceId).min(1).max(MAX_RUN_DEVICES),
  what: commandAsk.shape.what,
  folder: filePath.optional(),
  /** The command, and all it started, is ended after so long. */
  timeoutSeconds: seconds(86_400).min(1).default(60),
  /** Devices on which it runs at once. */
  concurrency: z.number().int().min(1).max(50).default(10),
  /** So long devices that are offline are waited for; 0: they have failed at once. */
  waitSeconds: seconds(30 * 86_400).default(0),
  /** What every command reads, followed by the end of its input; nothing at all when left out. */
  input: z
    .string()
    .max(MAX_RUN_INPUT)
    .refine((text) => utf8(text).byteLength <= MAX_RUN_INPUT, 'too long')
    .optional(),
  /**
   * The commands wait for whoever follows the output with `follow=all`, so that nothing of it is left out. Without such
   * a reader for 10 s they go on.
   */
  paced: z.boolean().default(false),
});
export type CreateRun = z.input<typeof createRun>;
/** The same, checked and filled in. */
export type RunWish = z.output<typeof createRun>;

/** queued: waits for its turn. waiting: for the device to come online. failed: it never ran, or nobody knows how it ended. */
export const RUN_STATES = ['queued', 'waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export const runState = z.enum(RUN_STATES);
export type RunState = z.infer<typeof runState>;

/** What became of a run on one device. */
export const runDevice = z.strictObject({
  device: deviceId,
  /** What the device was called when the run began. */
  name: z.string(),
  state: runState,
  /** How the command ended, of one that is `done`. */
  code: z.number().int().optional(),
  signal: z.string().optional(),
  timedOut: z.boolean().optional(),
  /** Why it failed: a code of the catalogue. */
  error: z.string().optional(),
  startedAt: time.optional(),
  endedAt: time.optional(),
  /** Bytes that the command wrote; not all of them may be kept. */
  bytes: z.number(),
});
export type RunDevice = z.infer<typeof runDevice>;

const counts = z.strictObject(
  Object.fromEntries(RUN_STATES.map((state) => [state, z.number().int()])) as Record<RunState, z.ZodNumber>,
);

/** A run as lists show it. Times in ms since 1970 by the hub's clock. */
export const runSummary = z.strictObject({
  id: z.string(),
  user: z.string(),
  what: commandAsk.shape.what,
  folder: filePath.optional(),
  timeoutSeconds: z.number(),
  concurrency: z.number(),
  createdAt: time,
  /** Until then devices that are offline are waited for. */
  deadline: time,
  /** When the last of its devices was done with it. */
  endedAt: time.optional(),
  /** Devices by what became of them, and those whose command ended with another status than 0. */
  counts,
  unsuccessful: z.number().int(),
});
export type RunSummary = z.infer<typeof runSummary>;
export const run = runSummary.extend({ devices: z.array(runDevice) });
export type Run = z.infer<typeof run>;

/** The newest first; `next` is `before` of the page that follows. */
export const runPage = z.strictObject({ runs: z.array(runSummary), next: z.string().optional() });
export type RunPage = z.infer<typeof runPage>;

export const runsQuery = z.strictObject({
  /** Words, or beginnings of words, that all stand in the command, the names of its devices, or the output. */
  search: z.string().max(200).optional(),
  before: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_RUN_PAGE).default(50),
});
export const outputQuery = z.strictObject({
  /** Of this device alone. */
  device: deviceId.optional(),
  /** 1: goes on until the run is over, passing over what the reader is too slow for. all: the commands wait for the reader. */
  follow: z.enum(['1', 'all']).optional(),
});

/**
 * One line of the output of a run (`application/x-ndjson`). `offset` counts the bytes of a device's output, both streams
 * together. The last line is `done` or `error`; an answer that ends without one of the two was cut off.
 */
export const runLine = z.union([
  z.strictObject({
    device: deviceId,
    offset: z.number(),
    at: time,
    stream: z.enum(['stdout', 'stderr']),
    text: z.string(),
  }),
  /** What is no UTF-8. */
  z.strictObject({
    device: deviceId,
    offset: z.number(),
    at: time,
    stream: z.enum(['stdout', 'stderr']),
    base64: z.string(),
  }),
  /** So many bytes are not there: they were not kept, or the reader was too slow. */
  z.strictObject({ device: deviceId, offset: z.number(), leftOut: z.number() }),
  /** What became of a device: at first, and at each change; its end comes behind its last output. */
  z.strictObject({ state: runDevice }),
  /** Nothing happened for a while. */
  z.strictObject({ idle: z.literal(true) }),
  z.strictObject({ done: runSummary }),
  z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) }),
]);
export type RunLine = z.infer<typeof runLine>;

/** True when a run is over on that device. */
export function isOver(state: RunState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}
