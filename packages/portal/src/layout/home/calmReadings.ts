import type { DeviceSummary, DevicesStore } from '../../base/devicesStore.ts';
import { type Readable, Store } from '../../base/store.ts';
import type { Reading } from './arrangeDevices.ts';

/** How often devices may change places because of figures that change by themselves, in ms. */
export const RESORT_MS = 5_000;

/** As it was when it was taken; of a device that came since, as it is. */
export type ReadingOf = (id: string) => Reading;

interface CalmOptions {
  devices: DevicesStore;
  /** Whether the pointer or the keyboard is among the devices. */
  isHeld(): boolean;
  /** ms. */
  now?: () => number;
}

/**
 * What the places of devices depend on, held still while somebody is about to press something: a card shall not leave from
 * under the pointer. What changes the list is taken at once otherwise, figures every few seconds.
 */
export class CalmReadings {
  readonly #devices: DevicesStore;
  readonly #isHeld: () => boolean;
  readonly #now: () => number;
  readonly #reading: Store<ReadingOf>;
  #at = 0;
  #list: readonly DeviceSummary[] | undefined;

  constructor({ devices, isHeld, now = Date.now }: CalmOptions) {
    this.#devices = devices;
    this.#isHeld = isHeld;
    this.#now = now;
    this.#reading = new Store(this.#take());
  }

  /** Another function when something was taken anew. */
  get reading(): Readable<ReadingOf> {
    return this.#reading;
  }

  /** Takes anew what is due; with `figures`, they count as well. */
  look(figures: boolean): void {
    const isDue = figures && this.#now() - this.#at >= RESORT_MS;
    if ((isDue || this.#list !== this.#devices.list.get()) && !this.#isHeld()) this.#reading.set(this.#take());
  }

  #take(): ReadingOf {
    this.#at = this.#now();
    this.#list = this.#devices.list.get();
    const taken = new Map(this.#list?.map(({ id }) => [id, this.#read(id)]));
    return (id) => taken.get(id) ?? this.#read(id);
  }

  #read(id: string): Reading {
    const device = this.#devices.device(id).get();
    return device
      ? { online: device.online, alerts: device.alerts, stats: device.stats }
      : { online: false, alerts: 0, stats: null };
  }
}
