import type { MessageOf, toAgent } from '@porthole/protocol';
import type { AgentLink } from '../base/agentLink/agentLink.ts';
import type { DeviceDirectory } from './directory.ts';
import type { LiveDevice } from './liveDevice.ts';

export interface SettingsNewsOptions<Settings extends object> {
  /** What holds for a device; another object is another setting. */
  settingsOf: (device: LiveDevice) => Settings;
  messageOf: (settings: Settings) => MessageOf<typeof toAgent>;
}

/** Tells each device what holds for it: as soon as it is connected, and when it changes. */
export class SettingsNews<Settings extends object> {
  readonly #directory: DeviceDirectory;
  readonly #options: SettingsNewsOptions<Settings>;
  readonly #told = new WeakMap<AgentLink, Settings>();
  readonly #stop: () => void;

  constructor(directory: DeviceDirectory, options: SettingsNewsOptions<Settings>) {
    this.#directory = directory;
    this.#options = options;
    this.#stop = directory.listen(({ type, id }) => {
      if (type === 'changed') this.#tell(id);
    });
  }

  close(): void {
    this.#stop();
  }

  #tell(id: string): void {
    const device = this.#directory.find(id);
    const link = device?.interactive;
    if (!link) return;
    const settings = this.#options.settingsOf(device);
    if (this.#told.get(link) === settings) return;
    this.#told.set(link, settings);
    link.tell(this.#options.messageOf(settings));
  }
}
