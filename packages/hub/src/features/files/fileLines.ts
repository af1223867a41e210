import { Readable } from 'node:stream';
import { ERRORS, type FileLine, type FileMessage, PortholeError } from '@porthole/protocol';
import type * as z from 'zod';
import { fitting } from './fileAccess.ts';
import type { FileChannel } from './fileChannel.ts';

export interface LineSchemas {
  item: z.ZodType;
  done: z.ZodType;
}

/**
 * The items and the result that come over a channel, a line of JSON each. It owns the channel. What goes wrong after the
 * first line can no longer be a status, so it is the last line.
 */
export class FileLines extends Readable {
  readonly #channel: FileChannel;
  readonly #schemas: LineSchemas;
  #first: FileMessage | undefined;

  /** `first` was read from the channel already, to know whether there is an answer at all. */
  constructor(channel: FileChannel, first: FileMessage, schemas: LineSchemas) {
    super({ highWaterMark: 16 * 1024 });
    this.#channel = channel;
    this.#schemas = schemas;
    this.#first = first;
  }

  override _read(): void {
    this.#pull().catch((error: unknown) => this.#fail(error));
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#channel.close();
    callback(error);
  }

  async #pull(): Promise<void> {
    for (;;) {
      const message = this.#first ?? (await this.#channel.next());
      this.#first = undefined;
      if (message.type === 'bytes') continue;
      const isLast = message.type === 'done';
      this.#say(isLast ? { done: fitting(this.#schemas.done, message.json) } : this.#item(message.json));
      if (isLast) this.push(null);
      return;
    }
  }

  #item(json: unknown): FileLine {
    return { item: fitting(this.#schemas.item, json) };
  }

  #fail(error: unknown): void {
    if (this.destroyed) return;
    const code = error instanceof PortholeError ? error.code : 'internal';
    const message = error instanceof PortholeError ? error.message : ERRORS.internal.message;
    this.#say({ error: { code, message } });
    this.push(null);
  }

  #say(line: FileLine): void {
    this.push(`${JSON.stringify(line)}\n`);
  }
}
