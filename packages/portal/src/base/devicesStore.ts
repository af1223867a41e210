import type { Device, DeviceProfile, MessageOf, toPortal } from '@porthole/protocol';
import { compareNatural } from './compareNatural.ts';
import { Listeners, type Readable } from './store.ts';

/** What lists and searches need of a device. The array and its members keep their identity until one of these changes. */
export type DeviceSummary = Pick<Device, 'id' | 'name' | 'online' | 'profile' | 'alerts'> & {
  system: string;
  hostname: string;
  model: string;
  address: string;
};

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
    this.#relistOne(before, device);
    this.#followers.get(device.id)?.notify();
  }

  #remove(id: string): void {
    this.#incoming = this.#incoming.filter((device) => device.id !== id);
    if (!this.#devices.delete(id)) return;
    this.#list = this.#list?.filter((summary) => summary.id !== id);
    this.#listListeners.notify();
    this.#followers.get(id)?.notify();
  }

  #relist(): void {
    const known = new Map(this.#list?.map((summary) => [summary.id, summary]));
    this.#list = [...this.#devices.values()].map((device) => reuse(known.get(device.id), device)).sort(byName);
    this.#listListeners.notify();
  }

  /** As `#relist`, without sorting a thousand names for each device that comes online. */
  #relistOne(before: Device | undefined, device: Device): void {
    const list = this.#list;
    if (!list || (before && sameSummary(before, device))) return;
    const at = before ? list.findIndex((summary) => summary.id === device.id) : -1;
    const known = list[at];
    if (!known || known.name !== device.name) return this.#relist();
    this.#list = list.with(at, reuse(known, device));
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

function byName(a: DeviceSummary, b: DeviceSummary): number {
  return compareNatural(a.name, b.name) || (a.id < b.id ? -1 : 1);
}

function summarise({ id, name, online, description, profile, alerts, traits }: Device): DeviceSummary {
  const { system, hostname } = description;
  return {
    id,
    name,
    online,
    system,
    hostname,
    profile,
    alerts,
    model: traits.model ?? '',
    address: traits.address ?? '',
  };
}

/** The known one as far as it is the same, so that who follows the list renders nothing anew. */
function reuse(known: DeviceSummary | undefined, device: Device): DeviceSummary {
  const next = summarise(device);
  if (!known) return next;
  if (sameProfile(known.profile, next.profile)) next.profile = known.profile;
  return equal(known, next) ? known : next;
}

function sameSummary(a: Device, b: Device): boolean {
  return equal(summarise(a), summarise(b));
}

const PLAIN = ['name', 'online', 'alerts', 'system', 'hostname', 'model', 'address'] as const;

function equal(a: DeviceSummary, b: DeviceSummary): boolean {
  return PLAIN.every((key) => a[key] === b[key]) && sameProfile(a.profile, b.profile);
}

function sameProfile(a: DeviceProfile, b: DeviceProfile): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
