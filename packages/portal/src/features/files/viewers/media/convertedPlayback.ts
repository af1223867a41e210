import { PLAY_LEAD, PortholeError } from '@porthole/protocol';
import { forgettable, hasEnough, holds, jumpTarget, type Span } from './bufferPlan.ts';

export interface PlaybackOptions {
  element: HTMLMediaElement;
  /** Seconds, when the device knows. */
  duration: number | undefined;
  /** Where it begins, in seconds. */
  from: number;
  /** Asks the device for what follows from a time on, in seconds. */
  open(from: number, signal: AbortSignal): Promise<Response>;
  /** The device could not go on. */
  failed(error: unknown): void;
}

/** Seconds that the browser does not play when nothing follows. */
const REST = 0.5;

/**
 * Feeds a player with what the device converts: half a minute ahead and no more, from wherever the person seeks to. What is
 * not read stops the device. Call `close()` when done.
 */
export class ConvertedPlayback {
  readonly #options: PlaybackOptions;
  readonly #source = new MediaSource();
  readonly #url: string;
  #buffer: SourceBuffer | undefined;
  #type = '';
  #loading: AbortController | undefined;
  /** One at a time has the buffer. */
  #turn: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(options: PlaybackOptions) {
    const { element } = options;
    this.#options = options;
    this.#url = URL.createObjectURL(this.#source);
    this.#source.addEventListener('sourceopen', this.#opened, { once: true });
    element.addEventListener('seeking', this.#sought);
    element.addEventListener('timeupdate', this.#moved);
    element.src = this.#url;
  }

  /** Asks again from where it stands, after the device failed. */
  retry(): void {
    this.#load(this.#options.element.currentTime);
  }

  /** Idempotent. */
  close(): void {
    const { element } = this.#options;
    element.removeEventListener('seeking', this.#sought);
    element.removeEventListener('timeupdate', this.#moved);
    this.#loading?.abort();
    this.#wake();
    URL.revokeObjectURL(this.#url);
    element.removeAttribute('src');
    element.load();
  }

  readonly #opened = (): void => {
    const { duration, from, element } = this.#options;
    this.#source.duration = duration ?? Number.POSITIVE_INFINITY;
    if (from > 0) element.currentTime = from;
    this.#load(from);
  };

  readonly #sought = (): void => {
    const { currentTime } = this.#options.element;
    if (this.#buffer && !holds(spansOf(this.#buffer), currentTime)) this.#load(currentTime);
    else this.#wake();
  };

  readonly #moved = (): void => this.#wake();

  #load(from: number): void {
    this.#loading?.abort();
    this.#wake();
    const loading = new AbortController();
    this.#loading = loading;
    const before = this.#turn;
    this.#turn = this.#feed(from, before, loading.signal).catch((error: unknown) => {
      void this.#ranDry(loading.signal).then(() => {
        if (!loading.signal.aborted) this.#options.failed(error);
      });
    });
  }

  /** Waits while there still is something to play: nobody is told of a failure before it matters. */
  async #ranDry(signal: AbortSignal): Promise<void> {
    const { element } = this.#options;
    while (!signal.aborted && this.#buffer && holds(spansOf(this.#buffer), element.currentTime + REST)) {
      await this.#stirred();
    }
  }

  async #feed(from: number, before: Promise<void>, signal: AbortSignal): Promise<void> {
    const answer = this.#options.open(from, signal);
    // Whoever had the buffer before lets go of it first.
    const [response] = await Promise.all([answer, before]);
    signal.throwIfAborted();
    const buffer = await this.#prepare(response.headers.get('content-type') ?? '');
    const reader = response.body?.getReader();
    try {
      while (!signal.aborted) {
        await this.#room(buffer, signal);
        const piece = await reader?.read();
        if (!piece?.value || signal.aborted) break;
        await this.#append(buffer, piece.value, signal);
      }
      if (!signal.aborted && this.#source.readyState === 'open') this.#source.endOfStream();
    } catch (error) {
      throw error instanceof TypeError ? new PortholeError('convert.failed') : error;
    } finally {
      await reader?.cancel().catch(() => undefined);
    }
  }

  /** An empty buffer for what comes next. */
  async #prepare(type: string): Promise<SourceBuffer> {
    const known = this.#buffer;
    if (!known) {
      this.#buffer = this.#source.addSourceBuffer(type);
    } else {
      if (this.#source.readyState === 'open') known.abort();
      known.remove(0, Number.POSITIVE_INFINITY);
      await updated(known);
      if (type !== this.#type) known.changeType(type);
    }
    this.#type = type;
    const buffer = this.#buffer ?? known;
    if (!buffer) throw new PortholeError('convert.failed');
    buffer.timestampOffset = -PLAY_LEAD;
    return buffer;
  }

  /** Waits while enough is there. */
  async #room(buffer: SourceBuffer, signal: AbortSignal): Promise<void> {
    const { element } = this.#options;
    while (!signal.aborted && hasEnough(spansOf(buffer), element.currentTime)) await this.#stirred();
  }

  async #append(buffer: SourceBuffer, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
    const { element } = this.#options;
    for (;;) {
      try {
        buffer.appendBuffer(bytes);
        break;
      } catch (error) {
        if (!(error instanceof DOMException) || error.name !== 'QuotaExceededError') throw error;
        // The browser has no room for so much: what was played goes sooner.
        if (!(await this.#forget(buffer, 2))) await this.#stirred();
        if (signal.aborted) return;
      }
    }
    await updated(buffer);
    await this.#forget(buffer);
    const target = jumpTarget(spansOf(element), element.currentTime);
    if (target !== undefined) element.currentTime = target;
  }

  async #forget(buffer: SourceBuffer, behind?: number): Promise<boolean> {
    const end = forgettable(spansOf(buffer), this.#options.element.currentTime, behind);
    if (end === undefined) return false;
    buffer.remove(0, end);
    await updated(buffer);
    return true;
  }

  #stirred(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

function spansOf({ buffered }: { buffered: TimeRanges }): Span[] {
  return Array.from({ length: buffered.length }, (_, at) => [buffered.start(at), buffered.end(at)]);
}

/** Resolves when the browser has done what it was told last. */
function updated(buffer: SourceBuffer): Promise<void> {
  if (!buffer.updating) return Promise.resolve();
  return new Promise((resolve, reject) => {
    buffer.addEventListener('updateend', () => resolve(), { once: true });
    buffer.addEventListener('error', () => reject(new PortholeError('convert.unsupported')), { once: true });
  });
}
