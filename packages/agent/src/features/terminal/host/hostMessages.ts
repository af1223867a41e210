import type { ErrorCode, TerminalOperation, TerminalSettings } from '@porthole/protocol';
import type { ProgramPolicy } from '../../../platform/programs/programs.ts';

/** What the process is told first. */
export interface PtyHostSetup {
  /** The agent's data folder; recordings are kept below it. */
  folder: string;
  policy: ProgramPolicy;
  settings: TerminalSettings;
}

/** One channel of a viewer. Channels are numbered by the agent, and no number is used twice. */
export interface PtyHostChannel {
  channel: number;
  operation: TerminalOperation;
  viewer: string;
  user: string;
  /** Bytes that may be sent on it now. */
  credit: number;
}

/** Control messages to the pty host. What viewers send travels beside them as data, addressed by channel. */
export type ToPtyHost =
  | ({ type: 'setup' } & PtyHostSetup)
  | ({ type: 'open' } & PtyHostChannel)
  | { type: 'granted'; channel: number; bytes: number }
  | { type: 'leave'; channel: number }
  | { type: 'settings'; settings: TerminalSettings };

export type FromPtyHost =
  /** The channel is over; `done` was sent before where there was an answer. */
  | { type: 'close'; channel: number; code: ErrorCode }
  /** What the viewer types finds no taker: it may send no more (true), or again. */
  | { type: 'hold'; channel: number; isHeld: boolean }
  /** First processes of all sessions that there are now: who survives the pty host is ended by the agent. */
  | { type: 'sessions'; leaders: number[] }
  /** Something that the owner of the device may want to know, in one sentence. */
  | { type: 'trouble'; reason: string };
