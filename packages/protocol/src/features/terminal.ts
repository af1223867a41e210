import * as z from 'zod';
import type { Capability } from '../capabilities.ts';
import type { FeatureSpec } from './feature.ts';
import { filePath } from './files.ts';

/** Sessions that one device keeps at most. */
export const MAX_SESSIONS = 256;
/** Longest title and name that a session has, in characters. What the programs in it say is cut to this. */
export const MAX_TITLE = 256;
/** Smallest and largest size, in cells. */
export const MAX_COLUMNS = 1_000;
export const MAX_ROWS = 500;

/** What may be under way to one viewer, in bytes; the pty pauses beyond it. */
const TERMINAL_WINDOW = 256 * 1024;

/** Visible text on one line, as far as a program may choose it. */
const label = z.string().max(MAX_TITLE);
/** As `viewerId` elsewhere, which cannot be used here: the messages on the wire know all features. */
const viewerId = z.string().min(1).max(32);
const sessionId = z.string().regex(/^[A-Za-z0-9_-]{16}$/);
const size = z.strictObject({
  columns: z.number().int().min(1).max(MAX_COLUMNS),
  rows: z.number().int().min(1).max(MAX_ROWS),
});
export type TerminalSize = z.infer<typeof size>;

/** One open page that sees a session. */
export const terminalViewer = z.strictObject({
  viewer: viewerId,
  user: z.string().max(256),
  /** False: sees only. */
  types: z.boolean(),
});

/** A session of the device, as everyone is told who may see it. Times in ms since 1970 by the device's clock. */
export const terminalSession = z.strictObject({
  id: sessionId,
  /** What a person called it; empty when nobody did. */
  name: label,
  /** What the programs in it call it; empty when they do not. */
  title: label,
  /** The program in the foreground, as far as the system tells. */
  command: label,
  /** Where it is now, as the shell said or the system tells; left out when nobody knows. */
  folder: filePath.optional(),
  /** The program that it began with. */
  shell: filePath,
  /** The account that it runs as. */
  account: label,
  size,
  startedAt: z.number(),
  /** The user who began it. */
  startedBy: z.string().max(256),
  /** When there was output, or somebody typed, for the last time. */
  activeAt: z.number(),
  viewers: z.array(terminalViewer).max(64),
  /** The viewer who typed last, and when. */
  typist: z.strictObject({ viewer: viewerId, user: z.string().max(256), at: z.number() }).optional(),
  recording: z.boolean(),
});
export type TerminalSession = z.infer<typeof terminalSession>;

/** All that somebody needs who is about to choose. */
export const terminalList = z.strictObject({
  sessions: z.array(terminalSession).max(MAX_SESSIONS),
  /** Programs that a new session may begin with, the usual one first; none when the owner or the system offers none. */
  shells: z.array(filePath).max(64),
  account: label,
});
export type TerminalList = z.infer<typeof terminalList>;

/** Why a session ended: it did so itself, somebody ended it, nobody looked for too long, or its program was lost. */
export const TERMINAL_ENDS = ['exit', 'closed', 'expired', 'lost'] as const;
export const terminalEnd = z.strictObject({
  reason: z.enum(TERMINAL_ENDS),
  /** Status of the program where it ended itself. */
  code: z.number().int().optional(),
  /** Name of the signal that ended it. */
  signal: z.string().max(16).optional(),
});
export type TerminalEnd = z.infer<typeof terminalEnd>;

/** A recording that is kept on the device, as asciicast v2. Times in ms since 1970, lengths in ms, sizes in bytes. */
export const terminalRecording = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  session: sessionId,
  name: label,
  user: z.string().max(256),
  startedAt: z.number(),
  length: z.number().nonnegative(),
  bytes: z.number().nonnegative(),
  /** Still written to. */
  running: z.boolean(),
});
export type TerminalRecording = z.infer<typeof terminalRecording>;
export const terminalRecordings = z.strictObject({ recordings: z.array(terminalRecording).max(500) });

/** What an administrator sets for the terminals of a device. */
export const terminalSettings = z.strictObject({
  /** Output of new and open sessions is recorded; keys never are. */
  record: z.boolean(),
  /** How long a session is kept after the last viewer left, in minutes. */
  keepMinutes: z.number().int().min(1).max(525_600),
});
export type TerminalSettings = z.infer<typeof terminalSettings>;
export const DEFAULT_TERMINAL_SETTINGS: TerminalSettings = { record: false, keepMinutes: 24 * 60 };

interface OperationSpec {
  readonly capability: Extract<Capability, 'view' | 'terminal'>;
  /** What is asked, as the first message of the channel. */
  readonly ask: z.ZodType;
}

/** Everything that a channel of terminals can be, by what its first message asks. */
export const TERMINAL_OPERATIONS = {
  /** item: `terminalList`, at once and after each change, until the channel closes. */
  list: { capability: 'view', ask: z.strictObject({}) },
  /** Begins a session and sees it, as `attach` does. `folder` missing or gone: the account's home. */
  open: {
    capability: 'terminal',
    ask: z.strictObject({
      size,
      shell: filePath.optional(),
      folder: filePath.optional(),
      name: label.optional(),
    }),
  },
  /** Sees a session and may type into it; see `TerminalMessage`. */
  attach: { capability: 'terminal', ask: z.strictObject({ session: sessionId, size: size.optional() }) },
  /** Sees a session. */
  watch: { capability: 'view', ask: z.strictObject({ session: sessionId }) },
  /** done: `{}`. */
  rename: { capability: 'terminal', ask: z.strictObject({ session: sessionId, name: label }) },
  /** Ends a session and everything that runs in it. done: `{}` when all of it is gone. */
  end: { capability: 'terminal', ask: z.strictObject({ session: sessionId }) },
  /** done: `terminalRecordings`, the newest first. */
  recordings: { capability: 'terminal', ask: z.strictObject({}) },
  /** The bytes of a recording as `output`, as far as there are any now; done: `{}`. */
  replay: { capability: 'terminal', ask: z.strictObject({ recording: terminalRecording.shape.id }) },
} as const satisfies Record<string, OperationSpec>;

export type TerminalOperation = keyof typeof TERMINAL_OPERATIONS;
export type TerminalAsk<Operation extends TerminalOperation> = z.input<(typeof TERMINAL_OPERATIONS)[Operation]['ask']>;
const OPERATION_NAMES = Object.keys(TERMINAL_OPERATIONS) as [TerminalOperation, ...TerminalOperation[]];

const terminalParams = z.strictObject({ operation: z.enum(OPERATION_NAMES) });
export type TerminalParams = z.infer<typeof terminalParams>;

/** The command line of a device, in sessions that belong to the device and outlive whoever looks at them. */
export const terminal = {
  // What the least of its operations needs; each says what it needs itself.
  capability: 'view',
  delivery: 'reliable',
  link: 'interactive',
  window: TERMINAL_WINDOW,
  params: terminalParams,
  capabilityFor: (params) => TERMINAL_OPERATIONS[terminalParams.parse(params).operation].capability,
} as const satisfies FeatureSpec;
