import type { CommandEnd, ErrorCode } from '@porthole/protocol';
import { type ChannelOpener, CommandChannel, type CommandSpec } from './commandChannel.ts';
import type { OutputStream } from './outputPiece.ts';
import { OutputRecord } from './outputRecord.ts';

/** How a command came to its end, or that nobody knows. */
export type CommandOutcome = ({ state: 'done' } & CommandEnd) | { state: 'failed'; error: ErrorCode };

export interface LiveCommandOptions {
  link: ChannelOpener;
  spec: CommandSpec;
  /** The command waits for `readUpTo`. */
  isPaced: boolean;
  /** There is more output. */
  wrote(): void;
  /** Once, unless it is closed before. */
  ended(outcome: CommandOutcome): void;
}

/** One command of a run while it is under way, and what it has written. */
export class LiveCommand {
  readonly record = new OutputRecord();
  readonly #options: LiveCommandOptions;
  readonly #channel: CommandChannel;
  /** What came, and was not given back to the device yet. */
  readonly #unread: { end: number; size: number }[] = [];
  #isPaced: boolean;

  /** Throws as `CommandChannel` does. */
  constructor(options: LiveCommandOptions) {
    this.#options = options;
    this.#isPaced = options.isPaced;
    this.#channel = new CommandChannel(options.link, options.spec, {
      output: (stream, bytes, size) => this.#wrote(stream, bytes, size),
      done: (end) => this.#ended({ state: 'done', ...end }),
      failed: (error) => this.#ended({ state: 'failed', error }),
    });
  }

  /** Whether it waits for its reader from now on. */
  pace(isPaced: boolean): void {
    this.#isPaced = isPaced;
    if (!isPaced) this.readUpTo(Number.POSITIVE_INFINITY);
  }

  /** Somebody took everything before `offset`. */
  readUpTo(offset: number): void {
    for (let first = this.#unread[0]; first && first.end <= offset; first = this.#unread[0]) {
      this.#unread.shift();
      this.#channel.consumed(first.size);
    }
  }

  /** Ends the command on the device. What it wrote stays. Idempotent. */
  close(): void {
    this.record.end(Date.now());
    this.#channel.close();
  }

  #wrote(stream: OutputStream, bytes: Uint8Array, size: number): void {
    this.record.append(stream, bytes, Date.now());
    if (this.#isPaced) this.#unread.push({ end: this.record.total, size });
    else this.#channel.consumed(size);
    this.#options.wrote();
  }

  #ended(outcome: CommandOutcome): void {
    this.record.end(Date.now());
    this.#options.ended(outcome);
  }
}
