import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  type Capability,
  type Device,
  type FeatureName,
  PortholeError,
  type ScreenSettings,
  type StatsSample,
  type TerminalSettings,
  type Thumbnail,
} from '@porthole/protocol';
import type { ProvenAgent } from '../base/agentLink/agentHandshake.ts';
import type { AgentLink } from '../base/agentLink/agentLink.ts';
import { StorageError } from '../base/db/storageError.ts';
import type { DeviceRecord, DeviceStore, StateChange } from './deviceStore.ts';
import { LiveDevice } from './liveDevice.ts';

/** What happened to a device; `changed` covers everything that a `Device` shows except a new stats sample. */
export type DirectoryEvent =
  | { type: 'changed'; id: string }
  | { type: 'removed'; id: string }
  | { type: 'stats'; id: string; stats: StatsSample };

/** How often what changes all the time (stats, last seen, pictures) is written down, in ms. */
const FLUSH_MS = 5_000;

/**
 * All enrolled devices, live: the one place that knows what came last from each. What people change is stored before it is
 * acknowledged; what devices report every second is stored in batches.
 */
export class DeviceDirectory {
  readonly #store: DeviceStore;
  readonly #devices = new Map<string, LiveDevice>();
  readonly #listeners = new Set<(event: DirectoryEvent) => void>();
  readonly #unsaved = new Map<string, StateChange>();
  readonly #pictures = new Map<string, Thumbnail & { version: string; at: number }>();
  readonly #flushing: NodeJS.Timeout;
  #isClosed = false;

  constructor(store: DeviceStore) {
    this.#store = store;
    for (const record of store.list()) this.#devices.set(record.id, new LiveDevice(record));
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

  /** The device as somebody with these capabilities sees it. */
  show(device: LiveDevice, capabilities: Capability[]): Device {
    const { id, name, online, since, description, stats, thumbnail, toggles, viewers } = device;
    const { screenSettings, terminalSettings } = device;
    const now = { online, since, stats, thumbnail, toggles, viewers };
    return { id, name, description, ...now, screenSettings, terminalSettings, capabilities };
  }

  /** Returns a function that ends the listening. */
  listen(listener: (event: DirectoryEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A device was enrolled; known ones are left as they are. */
  enrolled(record: DeviceRecord): void {
    if (!this.#devices.has(record.id)) this.#devices.set(record.id, new LiveDevice(record));
    this.changed(record.id);
  }

  /** A proven agent's connection takes its place; an older one of the same kind is closed. */
  attach(link: AgentLink, agent: ProvenAgent): void {
    const device = this.get(link.deviceId);
    const older = device.link(link.kind);
    if (link.kind === 'interactive') {
      device.interactive = link;
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
      device.since = Date.now();
      this.#keep({ id: device.id, lastSeen: device.since });
      this.flush();
      device.bulk?.close('channel.closed');
    }
    this.changed(device.id);
  }

  /** What the device says of itself; a repetition is neither stored nor sent on. */
  report(id: string, { description, toggles }: Partial<Pick<ProvenAgent, 'description' | 'toggles'>>): void {
    const device = this.get(id);
    const news: StateChange = { id };
    if (description && !isDeepStrictEqual(description, device.description)) news.description = description;
    if (toggles && !isDeepStrictEqual(toggles, device.toggles)) news.toggles = toggles;
    if (!news.description && !news.toggles) return;
    Object.assign(device, news);
    this.#keep(news);
    this.flush();
    this.changed(id);
  }

  sampled(id: string, stats: StatsSample): void {
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

  rename(id: string, name: string, actor: string): void {
    const device = this.get(id);
    if (device.name === name) return;
    this.#store.rename(id, name, actor);
    device.name = name;
    this.changed(id);
  }

  /** What viewers have by default from now on; the device need not be online. */
  setScreenSettings(id: string, settings: ScreenSettings, actor: string): void {
    const device = this.get(id);
    if (isDeepStrictEqual(device.screenSettings, settings)) return;
    this.#store.setScreenSettings(id, settings, actor);
    device.screenSettings = settings;
    this.changed(id);
  }

  /** What holds for its terminals from now on; the device is told when it is online. */
  setTerminalSettings(id: string, settings: TerminalSettings, actor: string): void {
    const device = this.get(id);
    if (isDeepStrictEqual(device.terminalSettings, settings)) return;
    this.#store.setTerminalSettings(id, settings, actor);
    device.terminalSettings = settings;
    this.changed(id);
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
    for (const device of this.#devices.values()) if (device.online) this.#keep({ id: device.id, lastSeen: Date.now() });
    this.flush();
    this.#isClosed = true;
  }

  #keep(change: StateChange): void {
    this.#unsaved.set(change.id, { ...this.#unsaved.get(change.id), ...change });
  }

  #emit(event: DirectoryEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
