import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  type Capability,
  type Device,
  type DeviceFacts,
  type FeatureName,
  PortholeError,
  type StatsSample,
  type Thumbnail,
} from '@porthole/protocol';
import type { ProvenAgent } from '../base/agentLink/agentHandshake.ts';
import type { AgentLink } from '../base/agentLink/agentLink.ts';
import { StorageError } from '../base/db/storageError.ts';
import { BUILT_IN, type DefaultSettings } from './deviceDefaults.ts';
import type { DeviceRecord, DeviceStore, StateChange } from './deviceStore.ts';
import { LiveDevice } from './liveDevice.ts';

/** What happened to a device; `changed` covers everything that a `Device` shows except a new stats sample. */
export type DirectoryEvent =
  | { type: 'changed'; id: string }
  | { type: 'removed'; id: string }
  | { type: 'stats'; id: string; stats: StatsSample };

/** What a device says of itself. */
export type Report = Partial<Pick<ProvenAgent, 'description' | 'toggles'>> & { facts?: DeviceFacts };

/** How often what changes all the time (stats, last seen, pictures) is written down, in ms. */
const FLUSH_MS = 5_000;
/** How long what many devices may tell at once waits for the others, in ms. */
const SOON_MS = 100;

/**
 * All enrolled devices, live: the one place that knows what came last from each. What people change is stored before it is
 * acknowledged; what devices report every second is stored in batches.
 */
export class DeviceDirectory {
  readonly #store: DeviceStore;
  readonly #defaults: DefaultSettings;
  readonly #devices = new Map<string, LiveDevice>();
  readonly #listeners = new Set<(event: DirectoryEvent) => void>();
  readonly #unsaved = new Map<string, StateChange>();
  readonly #pictures = new Map<string, Thumbnail & { version: string; at: number }>();
  readonly #flushing: NodeJS.Timeout;
  #soon: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(store: DeviceStore, defaults: DefaultSettings = BUILT_IN) {
    this.#store = store;
    this.#defaults = defaults;
    for (const record of store.list()) this.#devices.set(record.id, new LiveDevice(record, defaults));
    this.#flushing = setInterval(() => this.flush(), FLUSH_MS);
    this.#flushing.unref();
  }

  get ids(): string[] {
    return [...this.#devices.keys()];
  }

  find(id: string): LiveDevice | undefined {
    return this.#devices.get(id);
  }

  /** Throws `not-found`. */
  get(id: string): LiveDevice {
    const device = this.#devices.get(id);
    if (!device) throw new PortholeError('not-found');
    return device;
  }

  /** The device as somebody with these capabilities sees it; notes are for those who may do something there. */
  show(device: LiveDevice, capabilities: Capability[]): Device {
    const { id, name, online, since, description, stats, thumbnail, toggles, viewers } = device;
    const { screenSettings, terminalSettings, sending, traits, alerts } = device;
    const now = { online, since, stats, thumbnail, toggles, viewers, traits, alerts };
    const profile = capabilities.includes('control') ? device.profile : { ...device.profile, notes: '' };
    return { id, name, description, ...now, screenSettings, terminalSettings, sending, profile, capabilities };
  }

  /** Returns a function that ends the listening. */
  listen(listener: (event: DirectoryEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A device was enrolled; known ones are left as they are. */
  enrolled(record: DeviceRecord): void {
    if (!this.#devices.has(record.id)) this.#devices.set(record.id, new LiveDevice(record, this.#defaults));
    this.changed(record.id);
  }

  /** A proven agent's connection takes its place; an older one of the same kind is closed. */
  attach(link: AgentLink, agent: ProvenAgent): void {
    const device = this.get(link.deviceId);
    const older = device.link(link.kind);
    if (link.kind === 'interactive') {
      device.interactive = link;
      device.saidBye = false;
      device.since = Date.now();
      this.report(device.id, agent);
    } else {
      device.bulk = link;
    }
    older?.close('link.replaced');
    this.changed(device.id);
  }

  /** A connection ended; the device is offline when it was the interactive one still in place. */
  detach(link: AgentLink): void {
    const device = this.#devices.get(link.deviceId);
    if (!device || device.link(link.kind) !== link) return;
    if (link.kind === 'bulk') {
      device.bulk = undefined;
    } else {
      device.interactive = undefined;
      device.saidBye = link.saidBye;
      device.since = Date.now();
      this.#keep({ id: device.id, lastSeen: device.since });
      this.#flushSoon();
      device.bulk?.close('channel.closed');
    }
    this.changed(device.id);
  }

  /** What the device says of itself; a repetition is neither stored nor sent on. */
  report(id: string, { description, toggles, facts }: Report): void {
    const device = this.get(id);
    const news: StateChange = { id };
    if (description && !isDeepStrictEqual(description, device.description)) news.description = description;
    if (toggles && !isDeepStrictEqual(toggles, device.toggles)) news.toggles = toggles;
    if (facts && !isDeepStrictEqual(facts, device.facts)) news.facts = facts;
    if (!news.description && !news.toggles && !news.facts) return;
    Object.assign(device, news);
    this.#keep(news);
    // Facts may wait: the device says them again.
    if (news.description || news.toggles) this.flush();
    this.changed(id);
  }

  /** A new sample. What was busiest is for the history alone: no list shows it, and it is most of a sample. */
  sampled(id: string, { top: _, ...stats }: StatsSample): void {
    const device = this.get(id);
    device.stats = stats;
    this.#keep({ id, stats, lastSeen: Date.now() });
    this.#emit({ type: 'stats', id, stats });
  }

  /** A new picture; the same bytes again change nothing. */
  pictured(id: string, picture: Thumbnail): void {
    const device = this.get(id);
    const version = createHash('sha256').update(picture.jpeg).digest('base64url').slice(0, 16);
    if (device.thumbnail?.version === version) return;
    const { width, height } = picture;
    const at = Date.now();
    device.thumbnail = { version, width, height, at };
    // The bytes are a view into a network buffer that lives on only as long as they do.
    this.#pictures.set(id, { ...picture, jpeg: Uint8Array.from(picture.jpeg), version, at });
    this.changed(id);
  }

  picture(id: string): { jpeg: Uint8Array; version: string } | undefined {
    return this.#pictures.get(id) ?? this.#store.thumbnailOf(id);
  }

  /** Forgets the device: its key is refused from now on and its connections are closed. */
  remove(id: string, actor: string): void {
    const device = this.get(id);
    this.#store.remove(id, actor);
    this.#devices.delete(id);
    this.#unsaved.delete(id);
    this.#pictures.delete(id);
    device.closeLinks('device.removed');
    this.#emit({ type: 'removed', id });
  }

  /** Resolves when the device has switched and remembered it. */
  async setToggle(id: string, feature: FeatureName, on: boolean): Promise<void> {
    const link = this.get(id).interactive;
    if (!link) throw new PortholeError('device.offline');
    await link.setToggle(feature, on);
  }

  changed(id: string): void {
    this.#emit({ type: 'changed', id });
  }

  /** Writes down what is still only in memory. What the disk has no room for stays there, and the next round tries again. */
  flush(): void {
    if (this.#isClosed) return;
    try {
      if (this.#unsaved.size > 0) this.#store.saveState([...this.#unsaved.values()]);
      this.#unsaved.clear();
      for (const [id, picture] of this.#pictures) {
        this.#store.saveThumbnail(id, picture);
        this.#pictures.delete(id);
      }
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }

  /** The last write. Connections that end after it, as the hub goes down, find nothing left to write. */
  close(): void {
    if (this.#isClosed) return;
    clearInterval(this.#flushing);
    clearTimeout(this.#soon);
    for (const device of this.#devices.values()) if (device.online) this.#keep({ id: device.id, lastSeen: Date.now() });
    this.flush();
    this.#isClosed = true;
  }

  /** With what else happens now: when a whole network goes, a write for each of its devices would hold up everybody. */
  #flushSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.flush();
    }, SOON_MS).unref();
  }

  #keep(change: StateChange): void {
    this.#unsaved.set(change.id, { ...this.#unsaved.get(change.id), ...change });
  }

  #emit(event: DirectoryEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
