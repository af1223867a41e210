import { Readable } from 'node:stream';
import { ERRORS, type ErrorCode, isOver, type RunDevice, type RunLine, type RunSummary } from '@porthole/protocol';
import type { OutputPiece } from './outputPiece.ts';
import { textOf } from './outputStore.ts';

/** A run as its readers see it, while it is under way and afterwards. */
export interface OutputSource {
  readonly summary: RunSummary;
  readonly isOver: boolean;
  device(id: string): RunDevice;
  /** What there is of the output behind `offset`; the reader took everything before. */
  next(id: string, offset: number): OutputPiece | undefined;
  /** Tells of every device about which something is new. */
  listen(listener: (device: string) => void): () => void;
}

export interface OutputOptions {
  /** In the order in which they are told. */
  devices: readonly string[];
  /** Goes on until the run is over. */
  follow: boolean;
}

/** Whoever follows hears something at least this often, in ms: it finds out when the hub, or the reader, is gone. */
const IDLE_MS = 15_000;

/**
 * The output of a run as lines of JSON, at the pace of the reader. What is not there any more when the reader comes to it
 * is told as left out. The source knows what was read from what is asked for.
 */
export class OutputLines extends Readable {
  readonly #source: OutputSource;
  readonly #follow: boolean;
  readonly #told = new Map<string, { offset: number; state: RunDevice | undefined }>();
  /** Devices about which something may be new. */
  readonly #news: Set<string>;
  readonly #stop: () => void;
  readonly #idle: NodeJS.Timeout;
  #wantsMore = false;

  constructor(source: OutputSource, { devices, follow }: OutputOptions) {
    super({ highWaterMark: 64 * 1024 });
    this.#source = source;
    this.#follow = follow;
    this.#news = new Set(devices);
    for (const device of devices) this.#told.set(device, { offset: 0, state: undefined });
    this.#stop = source.listen((device) => this.#heard(device));
    this.#idle = setInterval(() => {
      if (this.#wantsMore) this.#say({ idle: true });
    }, IDLE_MS);
    this.#idle.unref();
  }

  /** The last line says why; what was not read yet is thrown away with the connection. */
  refuse(code: ErrorCode): void {
    if (this.destroyed || this.readableEnded) return;
    this.#say({ error: { code, message: ERRORS[code].message } });
    this.#finish();
  }

  override _read(): void {
    this.#wantsMore = true;
    this.#pull();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#finish();
    callback(error);
  }

  #heard(device: string): void {
    if (!this.#told.has(device)) return;
    this.#news.add(device);
    this.#pull();
  }

  #pull(): void {
    while (this.#wantsMore) {
      const [device] = this.#news;
      if (device === undefined) return this.#caughtUp();
      const line = this.#nextOf(device);
      // One after the other, so that no device keeps the others waiting.
      this.#news.delete(device);
      if (!line) continue;
      this.#news.add(device);
      this.#say(line);
    }
  }

  #caughtUp(): void {
    if (this.#follow && !this.#source.isOver) return;
    this.#say({ done: this.#source.summary });
    this.#finish();
  }

  /** What is to be told next of a device; undefined when there is nothing new. */
  #nextOf(id: string): RunLine | undefined {
    const told = this.#told.get(id);
    const device = this.#source.device(id);
    if (!told) return undefined;
    const isNews = told.state?.state !== device.state;
    if (isNews && !isOver(device.state)) {
      told.state = device;
      return { state: device };
    }
    const piece = this.#source.next(id, told.offset);
    if (piece && piece.offset > told.offset) return this.#leftOut(id, piece.offset);
    if (piece) {
      told.offset += piece.bytes.byteLength;
      return lineOf(id, piece);
    }
    if (!isNews) return undefined;
    if (device.bytes > told.offset) return this.#leftOut(id, device.bytes);
    told.state = device;
    return { state: device };
  }

  #leftOut(id: string, until: number): RunLine {
    const told = this.#told.get(id) ?? { offset: 0 };
    const { offset } = told;
    told.offset = until;
    return { device: id, offset, leftOut: until - offset };
  }

  #say(line: RunLine): void {
    this.#wantsMore = this.push(`${JSON.stringify(line)}\n`);
  }

  #finish(): void {
    this.#stop();
    clearInterval(this.#idle);
    this.#wantsMore = false;
    this.#news.clear();
    if (!this.destroyed && !this.readableEnded) this.push(null);
  }
}

function lineOf(device: string, { offset, at, stream, bytes }: OutputPiece): RunLine {
  const text = textOf(bytes);
  const head = { device, offset, at, stream };
  return text === undefined ? { ...head, base64: Buffer.from(bytes).toString('base64') } : { ...head, text };
}
