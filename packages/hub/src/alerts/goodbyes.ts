import { StorageError } from '../base/db/storageError.ts';
import type { LiveDevice } from '../devices/liveDevice.ts';
import type { AlertStore } from './alertStore.ts';

/** Devices that said that they leave, and did not come back yet; a restart of the hub does not forget them. */
export class Goodbyes {
  readonly #store: AlertStore;
  readonly #said: Set<string>;

  constructor(store: AlertStore) {
    this.#store = store;
    this.#said = new Set(store.goodbyes());
  }

  has(deviceId: string): boolean {
    return this.#said.has(deviceId);
  }

  /** Looks at a device that came or went. */
  note({ id, online, saidBye }: LiveDevice): void {
    if (online) this.#set(id, false);
    else if (saidBye) this.#set(id, true);
  }

  /** The device was removed. */
  forget(deviceId: string): void {
    this.#said.delete(deviceId);
  }

  #set(id: string, said: boolean): void {
    if (this.#said.has(id) === said) return;
    if (said) this.#said.add(id);
    else this.#said.delete(id);
    try {
      this.#store.setGoodbye(id, said);
    } catch (error) {
      // At worst a device is missed too early, or too late, after a restart on a disk that was full.
      if (!(error instanceof StorageError)) throw error;
    }
  }
}
