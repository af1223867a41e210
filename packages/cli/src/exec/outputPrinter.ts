import type { Writable } from 'node:stream';
import { errnoOf } from '../remote/failure.ts';

type Stream = 'stdout' | 'stderr';

export interface PrinterOptions {
  /** What stands before each line of a device; nothing is added when left out. */
  prefix?: ((device: string) => string) | undefined;
  streams: Record<Stream, Writable>;
}

/** A line that is longer is broken there. */
const MAX_LINE = 64 * 1024;
const NEWLINE = 0x0a;
/** After any of these it is worth to go on. */
const READINESS = ['drain', 'close', 'error'];

/** Writes what devices wrote, at the pace of whoever reads: as it is, or line by line behind the device's name. */
export class OutputPrinter {
  readonly #options: PrinterOptions;
  /** Lines that have begun, by stream and device. */
  readonly #begun = new Map<string, { device: string; stream: Stream; bytes: Buffer }>();
  #isGone = false;

  constructor(options: PrinterOptions) {
    this.#options = options;
    for (const stream of Object.values(options.streams)) {
      stream.on('error', (error) => {
        if (errnoOf(error) !== 'EPIPE') throw error;
        this.#isGone = true;
      });
    }
  }

  /** Nobody reads the output any more. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Resolves when the reader has room again. */
  async print(device: string, stream: Stream, bytes: Buffer): Promise<void> {
    await this.#write(stream, this.#options.prefix ? this.#wholeLines(device, stream, bytes) : bytes);
  }

  /** A line that has no end gets one: nothing more of the device will come. */
  async end(device: string): Promise<void> {
    for (const [key, begun] of this.#begun) {
      if (begun.device !== device) continue;
      this.#begun.delete(key);
      await this.#write(begun.stream, Buffer.concat([this.#prefixOf(device), begun.bytes, Buffer.from('\n')]));
    }
  }

  #wholeLines(device: string, stream: Stream, bytes: Buffer): Buffer {
    const key = `${stream} ${device}`;
    const begun = this.#begun.get(key)?.bytes;
    let rest = begun ? Buffer.concat([begun, bytes]) : bytes;
    const parts: Buffer[] = [];
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
      parts.push(this.#prefixOf(device), rest.subarray(0, end + 1));
      rest = rest.subarray(end + 1);
    }
    if (rest.byteLength > MAX_LINE) {
      parts.push(this.#prefixOf(device), rest, Buffer.from('\n'));
      rest = rest.subarray(rest.byteLength);
    }
    if (rest.byteLength > 0) this.#begun.set(key, { device, stream, bytes: rest });
    else this.#begun.delete(key);
    return Buffer.concat(parts);
  }

  #prefixOf(device: string): Buffer {
    return Buffer.from(this.#options.prefix?.(device) ?? '');
  }

  async #write(name: Stream, bytes: Buffer): Promise<void> {
    const stream = this.#options.streams[name];
    if (this.#isGone || bytes.byteLength === 0 || stream.write(bytes)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const event of READINESS) stream.on(event, resolve);
    await promise;
    for (const event of READINESS) stream.off(event, resolve);
  }
}
