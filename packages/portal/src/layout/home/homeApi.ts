import { type ChangeProfiles, type DeviceProfile, type FeatureName, PATHS, type WakeResult } from '@porthole/protocol';
import { type Api, devicePath } from '../../base/api.ts';
import { PowerApi } from '../../features/power/powerApi.ts';

/** What the home page asks the hub to do to devices. Every method rejects with a `PortholeError`. */
export class HomeApi {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#api.rename(id, name);
  }

  async setProfile(id: string, profile: DeviceProfile): Promise<void> {
    await this.#send('PUT', `${devicePath(id)}/profile`, profile);
  }

  /** All of them or none. */
  async changeProfiles(change: ChangeProfiles): Promise<void> {
    await this.#send('POST', `${PATHS.devices}/profiles`, change);
  }

  async restart(id: string): Promise<void> {
    await new PowerApi(this.#api).act(id, 'restart');
  }

  /** Says who sent the packet. */
  wake(id: string): Promise<WakeResult> {
    return new PowerApi(this.#api).wake(id);
  }

  async setToggle(id: string, feature: FeatureName, on: boolean): Promise<void> {
    await this.#api.setToggle(id, feature, on);
  }

  async remove(id: string): Promise<void> {
    await this.#api.remove(id);
  }

  async #send(method: string, path: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await this.#api.request(path, { method, headers, body: JSON.stringify(body) });
  }
}
