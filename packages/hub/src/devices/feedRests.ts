import type { FeatureName, SendingSettings } from '@porthole/protocol';
import type { DeviceDirectory } from './directory.ts';
import type { LiveDevice } from './liveDevice.ts';

/** A device that sends nothing live at this time of the day is asked again this much later, in ms. */
const REST_MS = 60_000;

interface Rest {
  readonly settings: SendingSettings;
  readonly timer: NodeJS.Timeout;
}

/**
 * Devices that refused a live feed though its toggle is on: it is not the hour. They are left alone for a minute, or until
 * somebody changes what they send.
 */
export class FeedRests {
  readonly #directory: DeviceDirectory;
  readonly #feature: FeatureName;
  readonly #again: (id: string) => void;
  readonly #rests = new Map<string, Rest>();
  readonly #stop: () => void;

  /** `again` is called when a device may be asked again. */
  constructor(directory: DeviceDirectory, feature: FeatureName, again: (id: string) => void) {
    this.#directory = directory;
    this.#feature = feature;
    this.#again = again;
    this.#stop = directory.listen(({ type, id }) => {
      if (type === 'removed') this.#end(id);
    });
  }

  isResting({ id, sending }: LiveDevice): boolean {
    return this.#rests.get(id)?.settings === sending.settings;
  }

  /** The device closed the feed with `feature.off`. */
  refused(id: string): void {
    // What it says of its toggles comes with the same news, before or after.
    setImmediate(() => {
      const device = this.#directory.find(id);
      if (!device?.toggles[this.#feature] || this.isResting(device)) return;
      this.#end(id);
      const timer = setTimeout(() => {
        this.#end(id);
        this.#again(id);
      }, REST_MS);
      this.#rests.set(id, { settings: device.sending.settings, timer: timer.unref() });
      this.#again(id);
    });
  }

  close(): void {
    this.#stop();
    for (const id of [...this.#rests.keys()]) this.#end(id);
  }

  #end(id: string): void {
    clearTimeout(this.#rests.get(id)?.timer);
    this.#rests.delete(id);
  }
}
