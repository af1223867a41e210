import type { Device, MessageOf, toPortal } from '@porthole/protocol';
import { compareNatural } from './compareNatural.ts';
import { Listeners, type Readable } from './store.ts';

/** What lists and searches need of a device. The array and its members keep their identity until one of these changes. */
export type DeviceSummary = Pick<Device, 'id' | 'name' | 'online'> & { system: string; hostname: string };

/**
 * The devices that the user may see, fed by the hub's messages. Who follows the list is not woken by one device's load,
 * and who follows a device is not woken by another.
 */
export class DevicesStore {
  readonly #devices = new Map<string, Device>();
  readonly #followers = new Map<string, Listeners>();
  readonly #listListeners = new Listeners();
  #incoming: Device[] = [];
  #list: readonly DeviceSummary[] | undefined;

  /** All devices by name; undefined until the hub has sent the first complete list. */
  readonly list: Readable<readonly DeviceSummary[] | undefined> = {
    get: () => this.#list,
    subscribe: (listener) => this.#listListeners.add(listener),
  };

  /** One device; undefined when there is none of that id. */
  device(id: string): Readable<Device | undefined> {
    return { get: () => this.#devices.get(id), subscribe: (listener) => this.#follow(id, listener) };
  }

  /** Takes in one message of the hub; others than those about devices are ignored. */
  apply(message: MessageOf<typeof toPortal>): void {
    switch (message.type) {
      case 'welcome':
        // A new connection tells its list from the start; half of an older one is worth nothing.
        this.#incoming = [];
        break;
      case 'devices':
        this.#incoming.push(...message.devices);
        if (!message.more) this.#replace();
        break;
      case 'device':
        this.#put(message.device);
        break;
      case 'device.removed':
        this.#remove(message.id);
        break;
      case 'device.stats': {
        const device = this.#devices.get(message.id);
        if (device) this.#put({ ...device, stats: message.stats });
        break;
      }
    }
  }

  #replace(): void {
    const incoming = new Map(this.#incoming.map((device) => [device.id, device]));
    this.#incoming = [];
    const gone = [...this.#devices.keys()].filter((id) => !incoming.has(id));
    for (const id of gone) this.#devices.delete(id);
    for (const [id, device] of incoming) this.#devices.set(id, device);
    this.#relist();
    for (const id of [...gone, ...incoming.keys()]) this.#followers.get(id)?.notify();
  }

  #put(device: Device): void {
    const before = this.#devices.get(device.id);
    this.#devices.set(device.id, device);
    if (this.#list && (!before || !sameSummary(before, device))) this.#relist();
    this.#followers.get(device.id)?.notify();
  }

  #remove(id: string): void {
    this.#incoming = this.#incoming.filter((device) => device.id !== id);
    if (!this.#devices.delete(id)) return;
    this.#relist();
    this.#followers.get(id)?.notify();
  }

  #relist(): void {
    const known = new Map(this.#list?.map((summary) => [summary.id, summary]));
    this.#list = [...this.#devices.values()]
      .map((device) => reuse(known.get(device.id), summarise(device)))
      .sort((a, b) => compareNatural(a.name, b.name) || compareNatural(a.id, b.id));
    this.#listListeners.notify();
  }

  #follow(id: string, listener: () => void): () => void {
    const followers = this.#followers.get(id) ?? new Listeners();
    this.#followers.set(id, followers);
    const leave = followers.add(listener);
    return () => {
      leave();
      if (followers.size === 0 && this.#followers.get(id) === followers) this.#followers.delete(id);
    };
  }
}

function summarise({ id, name, online, description }: Device): DeviceSummary {
  return { id, name, online, system: description.system, hostname: description.hostname };
}

function reuse(known: DeviceSummary | undefined, next: DeviceSummary): DeviceSummary {
  return known && equal(known, next) ? known : next;
}

function sameSummary(a: Device, b: Device): boolean {
  return equal(summarise(a), summarise(b));
}

function equal(a: DeviceSummary, b: DeviceSummary): boolean {
  return a.name === b.name && a.online === b.online && a.system === b.system && a.hostname === b.hostname;
}
