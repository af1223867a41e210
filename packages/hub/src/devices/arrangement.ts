import { isDeepStrictEqual } from 'node:util';
import {
  type ChangeProfiles,
  type DeviceProfile,
  PortholeError,
  type ScreenSettings,
  type SendingSettings,
  type TerminalSettings,
} from '@porthole/protocol';
import type { ArrangementStore } from './arrangementStore.ts';
import { changeProfile, tidyProfile } from './changeProfile.ts';
import type { DeviceDefaults } from './deviceDefaults.ts';
import type { DeviceDirectory } from './directory.ts';

/**
 * What people set of devices: stored before it is acknowledged, in force at once for everybody, and possible while a device is
 * offline. Devices that are not there throw `not-found`; `actor` is a user name.
 */
export class Arrangement {
  readonly defaults: DeviceDefaults;
  readonly #directory: DeviceDirectory;
  readonly #store: ArrangementStore;

  constructor(directory: DeviceDirectory, store: ArrangementStore, defaults: DeviceDefaults) {
    this.#directory = directory;
    this.#store = store;
    this.defaults = defaults;
  }

  rename(id: string, name: string, actor: string): void {
    const device = this.#directory.get(id);
    if (device.name === name) return;
    this.#store.rename(id, name, actor);
    device.name = name;
    this.#directory.changed(id);
  }

  /** What viewers have by default; null is what those of all devices have. */
  setScreenSettings(id: string, settings: ScreenSettings | null, actor: string): void {
    const { arranged } = this.#directory.get(id);
    if (isDeepStrictEqual(arranged.screenSettings, settings)) return;
    this.#store.setScreenSettings(id, settings, actor);
    arranged.screenSettings = settings;
    this.#directory.changed(id);
  }

  /** What holds for its terminals; the device is told when it is online. */
  setTerminalSettings(id: string, settings: TerminalSettings, actor: string): void {
    const { arranged } = this.#directory.get(id);
    if (isDeepStrictEqual(arranged.terminalSettings, settings)) return;
    this.#store.setTerminalSettings(id, settings, actor);
    arranged.terminalSettings = settings;
    this.#directory.changed(id);
  }

  /** What it sends by itself; null is what all devices send. The device is told when it is online. */
  setSendingSettings(id: string, settings: SendingSettings | null, actor: string): void {
    const { arranged } = this.#directory.get(id);
    if (isDeepStrictEqual(arranged.sendingSettings, settings)) return;
    this.#store.setSendingSettings(id, settings, actor);
    arranged.sendingSettings = settings;
    this.#directory.changed(id);
  }

  setProfile(id: string, profile: DeviceProfile, actor: string): void {
    this.#setProfiles(new Map([[id, tidyProfile(profile)]]), 'profile', actor);
  }

  /** The same change for many; when one of them is not there or cannot have it, nothing is changed. */
  changeProfiles({ ids, ...change }: ChangeProfiles, actor: string): void {
    const profiles = ids.map((id) => [id, changeProfile(this.#directory.get(id).arranged.profile, change)] as const);
    const { profile, addTags = [], removeTags = [] } = change;
    const parts = [...Object.keys(profile), ...addTags.map((tag) => `+${tag}`), ...removeTags.map((tag) => `-${tag}`)];
    this.#setProfiles(new Map(profiles), parts.join(', '), actor);
  }

  /** The workspace that an admin shares with all who look at the device; null when there is none. */
  layoutOf(id: string): string | null {
    return this.#store.layoutOf(this.#directory.get(id).id);
  }

  setLayout(id: string, layout: string | null, actor: string): void {
    if (!this.#store.setLayout(id, layout, actor)) throw new PortholeError('not-found');
  }

  setDefaultScreenSettings(settings: ScreenSettings, actor: string): void {
    if (isDeepStrictEqual(this.defaults.screen, settings)) return;
    this.defaults.setScreen(settings, actor);
    this.#changedAll((id) => this.#directory.get(id).arranged.screenSettings === null);
  }

  setDefaultSendingSettings(settings: SendingSettings, actor: string): void {
    if (isDeepStrictEqual(this.defaults.sending, settings)) return;
    this.defaults.setSending(settings, actor);
    this.#changedAll((id) => this.#directory.get(id).arranged.sendingSettings === null);
  }

  #setProfiles(profiles: ReadonlyMap<string, DeviceProfile>, what: string, actor: string): void {
    const news = new Map(
      [...profiles].filter(([id, profile]) => !isDeepStrictEqual(this.#directory.get(id).arranged.profile, profile)),
    );
    if (news.size === 0) return;
    if (!this.#store.setProfiles(news, what, actor)) throw new PortholeError('not-found');
    for (const [id, profile] of news) {
      this.#directory.get(id).arranged.profile = profile;
      this.#directory.changed(id);
    }
  }

  #changedAll(isMeant: (id: string) => boolean): void {
    for (const id of this.#directory.ids) if (isMeant(id)) this.#directory.changed(id);
  }
}
