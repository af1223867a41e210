import { hash } from 'node:crypto';
import type { Device, MessageOf, StatsSample, toPortal } from '@porthole/protocol';

type News = MessageOf<typeof toPortal>;

export interface NewsOptions {
  /** The device as this portal's user may see it; undefined when it is gone or not theirs. */
  show: (id: string) => Device | undefined;
  send: (message: News) => void;
  /** Bytes that wait for this portal. */
  backlog: () => number;
}

/** Above this many waiting bytes nothing is sent; what changes meanwhile is remembered by name only. */
const MAX_BACKLOG = 128 * 1024;
const RETRY_MS = 200;

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
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: NewsOptions) {
    this.#options = options;
  }

  /** Tells everything once, in bounded messages. */
  snapshot(ids: string[]): void {
    const devices = ids.map((id) => this.#options.show(id)).filter((device) => device !== undefined);
    for (const device of devices) this.#isNews(device);
    const chunks = Math.max(1, Math.ceil(devices.length / 16));
    for (let i = 0; i < chunks; i++) {
      this.#options.send({ type: 'devices', devices: devices.slice(i * 16, i * 16 + 16), more: i < chunks - 1 });
    }
  }

  /** The device changed, appeared, or went away. */
  changed(id: string): void {
    this.#changed.add(id);
    this.#schedule(0);
  }

  sampled(id: string, stats: StatsSample): void {
    this.#stats.set(id, stats);
    this.#schedule(0);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #schedule(delay: number): void {
    if (this.#isClosed || this.#timer) return;
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
      if (this.#isNews(device)) this.#options.send({ type: 'device', device });
    } else if (this.#known.delete(id)) {
      this.#stats.delete(id);
      this.#options.send({ type: 'device.removed', id });
    }
  }
  /** Notes what the portal is about to know; false when it knows that already. */
  #isNews(device: Device): boolean {
    const now = hash('sha1', JSON.stringify(device), 'base64');
    if (this.#known.get(device.id) === now) return false;
    this.#known.set(device.id, now);
    return true;
  }
}
