import type { AgentLink } from '../base/agentLink/agentLink.ts';
import type { DeviceDirectory } from './directory.ts';

/** How often the clock of a device is looked at, in ms. */
const EACH_MS = 600_000;
/** A difference that changed by less is the same: what the network takes is not told from it, in ms. */
const SAME_MS = 250;

/**
 * How far the clock of a device is ahead, in ms: it said `at` in a message that came at `receivedAt`, and half a round trip
 * passed in between. Undefined where that is no news.
 */
export function newClockAhead(
  known: number | undefined,
  { at, receivedAt, roundTrip }: { at: number; receivedAt: number; roundTrip: number },
): number | undefined {
  const ahead = Math.round(at - (receivedAt - roundTrip / 2));
  return known !== undefined && Math.abs(ahead - known) < SAME_MS ? undefined : ahead;
}

/** Compares the clocks of devices with the hub's, by the samples that they send anyway. */
export class ClockWatch {
  readonly #directory: DeviceDirectory;
  readonly #lookedAt = new WeakMap<AgentLink, number>();
  readonly #stop: () => void;

  constructor(directory: DeviceDirectory) {
    this.#directory = directory;
    this.#stop = directory.listen((event) => {
      if (event.type === 'stats') void this.#look(event.id, event.stats.at);
    });
  }

  close(): void {
    this.#stop();
  }

  async #look(id: string, at: number): Promise<void> {
    const link = this.#directory.find(id)?.interactive;
    const now = performance.now();
    if (!link || now - (this.#lookedAt.get(link) ?? Number.NEGATIVE_INFINITY) < EACH_MS) return;
    this.#lookedAt.set(link, now);
    const receivedAt = Date.now();
    const roundTrip = await link.roundTrip();
    const device = this.#directory.find(id);
    if (roundTrip === undefined || !device) return;
    const ahead = newClockAhead(device.clockAhead, { at, receivedAt, roundTrip });
    if (ahead === undefined) return;
    device.clockAhead = ahead;
    this.#directory.changed(id);
  }
}
