import { hash } from 'node:crypto';
import type { Device, MessageOf, StatsSample, toPortal } from '@porthole/protocol';

type News = MessageOf<typeof toPortal>;

export interface NewsOptions {
  /** The device as this portal's user may see it; undefined when it is gone or not theirs. */
  show: (id: string) => Device | undefined;
  send: (message: News) => void;
  /** The same for a message that is JSON already. */
  sendText: (text: string) => void;
  /** Bytes that wait for this portal. */
  backlog: () => number;
}

/** Above this many waiting bytes nothing is sent; what changes meanwhile is remembered by name only. */
const MAX_BACKLOG = 128 * 1024;
const RETRY_MS = 200;
/** Devices in one message at most, and characters of JSON that they take together: a control message has 65,536. */
const CHUNK = { devices: 16, characters: 48 * 1024 };
/** How often a sample is told of a device that is not on the screen of this portal, which sorts and searches by them, in ms. */
const UNWATCHED_MS = 30_000;

/**
 * Changes of devices on their way to one portal. Latest wins: however often a device changes while the portal is slow, it
 * is told the last state once.
 */
export class DeviceNews {
  readonly #options: NewsOptions;
  readonly #changed = new Set<string>();
  /** What this portal was last told of each device, as a hash. */
  readonly #known = new Map<string, string>();
  readonly #stats = new Map<string, StatsSample>();
  readonly #sampledAt = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #isTelling = false;
  #isClosed = false;

  constructor(options: NewsOptions) {
    this.#options = options;
  }

  /**
   * Tells everything once, in bounded messages, each in a turn of its own: a thousand devices at once would keep everybody's
   * pictures waiting. What changes meanwhile is told behind the last.
   */
  snapshot(ids: string[]): void {
    this.#isTelling = true;
    this.#tellSome(ids, 0);
  }

  /** The device changed, appeared, or went away. */
  changed(id: string): void {
    this.#changed.add(id);
    this.#schedule(0);
  }

  /** A sample came; of a device that is not watched it is told now and then only. */
  sampled(id: string, stats: StatsSample, isWatched = true): void {
    const now = performance.now();
    if (!isWatched && now - (this.#sampledAt.get(id) ?? Number.NEGATIVE_INFINITY) < UNWATCHED_MS) return;
    this.#sampledAt.set(id, now);
    this.#stats.set(id, stats);
    this.#schedule(0);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #tellSome(ids: string[], from: number): void {
    if (this.#isClosed) return;
    const { texts, next } = this.#chunk(ids, from);
    const more = next < ids.length;
    this.#options.sendText(`{"type":"devices","devices":[${texts.join(',')}],"more":${more}}`);
    if (more) {
      setImmediate(() => this.#tellSome(ids, next));
      return;
    }
    this.#isTelling = false;
    if (this.#changed.size + this.#stats.size > 0) this.#schedule(0);
  }

  /** As many devices as go into one message, and where the next message begins. */
  #chunk(ids: string[], from: number): { texts: string[]; next: number } {
    const texts: string[] = [];
    let characters = 0;
    let next = from;
    for (; next < ids.length && texts.length < CHUNK.devices; next++) {
      const device = this.#options.show(ids[next] ?? '');
      if (!device) continue;
      const text = JSON.stringify(device);
      characters += text.length;
      if (texts.length > 0 && characters > CHUNK.characters) break;
      this.#known.set(device.id, hashOf(text));
      texts.push(text);
    }
    return { texts, next };
  }

  #schedule(delay: number): void {
    if (this.#isClosed || this.#isTelling || this.#timer) return;
    this.#timer = setTimeout(() => this.#flush(), delay);
  }

  #flush(): void {
    this.#timer = undefined;
    for (const id of this.#changed) {
      if (this.#options.backlog() > MAX_BACKLOG) return this.#schedule(RETRY_MS);
      this.#changed.delete(id);
      this.#tell(id);
    }
    for (const [id, stats] of this.#stats) {
      if (this.#options.backlog() > MAX_BACKLOG) return this.#schedule(RETRY_MS);
      this.#stats.delete(id);
      this.#options.send({ type: 'device.stats', id, stats });
    }
  }

  #tell(id: string): void {
    const device = this.#options.show(id);
    if (device) {
      const text = JSON.stringify(device);
      const now = hashOf(text);
      if (this.#known.get(id) === now) return;
      this.#known.set(id, now);
      this.#options.sendText(`{"type":"device","device":${text}}`);
    } else if (this.#known.delete(id)) {
      this.#stats.delete(id);
      this.#sampledAt.delete(id);
      this.#options.send({ type: 'device.removed', id });
    }
  }
}

/** What a portal knows is compared, never shown: no need to keep it. */
function hashOf(text: string): string {
  return hash('sha1', text, 'base64');
}
