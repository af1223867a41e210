import type { Account } from './account.ts';
import type { Environment } from './environment.ts';

/** What the owner of the device says of programs that others run on it. */
export interface ProgramPolicy {
  /** The account that they run as; that of the agent when left out. */
  account?: string | undefined;
  /** The only shells that are offered, the usual one first. */
  shells?: readonly string[] | undefined;
}

/** How the system is asked to start a program: nothing of it goes through a shell. */
export interface Launch {
  file: string;
  args: string[];
  folder: string;
  environment: Environment;
}

/** The program that a terminal shows now, and where it is; left out where the system does not tell. */
export interface Foreground {
  command: string;
  folder?: string | undefined;
}

/** How `Programs.end` ends what it ends. */
export interface Ending {
  /** What is said first; what is still there after `graceMs` is killed. */
  signal: 'SIGHUP' | 'SIGTERM';
  graceMs: number;
  /** Only what ran at that time (ms since 1970): numbers of processes are given out again. */
  startedBefore?: number | undefined;
}

/** The programs that people run on this device: as whom, what they may begin with, and their end. One for each system. */
export interface Programs {
  /** Throws `terminal.account` when the account that the owner names cannot be used. */
  account(): Account;
  /** Absolute paths of the shells that are offered, the usual one first. */
  shells(): string[];
  /** A login shell, in `folder` or, if that cannot be entered, at home. Throws `terminal.no-shell`, `terminal.account`. */
  shell(path: string | undefined, folder: string | undefined): Launch;
  /** Any program, in `folder` or at home. Throws `terminal.account`, and `command.unavailable` when it is not there. */
  program(argv: readonly [string, ...string[]], folder: string | undefined): Launch;
  /** What runs in front of the terminal whose first process is `leader`. */
  foreground(leader: number): Foreground | undefined;
  /** Ends `leader`, its session and all that they started; resolves when all of it is gone, or cannot be ended. */
  end(leader: number, ending: Ending): Promise<void>;
}
