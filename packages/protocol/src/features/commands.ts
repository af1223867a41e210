import * as z from 'zod';
import type { FeatureSpec } from './feature.ts';
import { filePath } from './files.ts';

/** What may be under way of one command, per direction, in bytes; the hub holds no more of it. */
const COMMAND_WINDOW = 256 * 1024;
/** Largest script, in characters. */
export const MAX_SCRIPT = 64 * 1024;

const argument = z
  .string()
  .max(32 * 1024)
  .refine((text) => !text.includes('\0'), 'an argument has no NUL');

/**
 * One program run on a device without a terminal, as the first message of its channel: `argv` as it is, no shell in between,
 * or a `script` that is handed to an interpreter.
 */
export const commandAsk = z.strictObject({
  what: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('argv'), argv: z.array(argument).min(1).max(1_000) }),
    z.strictObject({
      kind: z.literal('script'),
      script: z.string().min(1).max(MAX_SCRIPT),
      /** One of the shells that the device offers, or a program that reads a script from its first argument. */
      interpreter: filePath,
      arguments: z.array(argument).max(100).default([]),
    }),
  ]),
  /** Where it runs; the account's home when left out. */
  folder: filePath.optional(),
  /** It and all it started are ended after so many ms. */
  timeoutMs: z.number().int().min(1_000).max(86_400_000),
});
export type CommandAsk = z.input<typeof commandAsk>;

/** How a command ended: its status, the signal that ended it, or that it took too long. */
export const commandEnd = z.strictObject({
  code: z.number().int().optional(),
  signal: z.string().max(16).optional(),
  timedOut: z.boolean(),
});
export type CommandEnd = z.infer<typeof commandEnd>;

/**
 * Commands that the hub has a device run on behalf of a user; portals cannot open it. Closing the channel ends the command
 * and everything it started.
 */
export const commands = {
  capability: 'terminal',
  delivery: 'reliable',
  link: 'bulk',
  window: COMMAND_WINDOW,
  params: z.strictObject({}),
} as const satisfies FeatureSpec;
