import { type DeviceFacts, deviceFacts, type PowerAction, type WakeResult, wakeResult } from '@porthole/protocol';
import { type Api, checked, devicePath } from '../../base/api.ts';
import { newRequestId } from '../../base/newRequestId.ts';

/** Acts on whole machines at the hub's HTTP routes. Every method rejects with a `PortholeError`. */
export class PowerApi {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async facts(deviceId: string): Promise<DeviceFacts> {
    return checked(deviceFacts, await readJson(await this.#api.request(`${devicePath(deviceId)}/facts`)));
  }

  /** Once, however often the same request arrives. */
  async act(deviceId: string, action: PowerAction): Promise<void> {
    await this.#post(`${devicePath(deviceId)}/power`, { id: newRequestId(), action });
  }

  /** Says who sent the packet. */
  async wake(deviceId: string): Promise<WakeResult> {
    return checked(wakeResult, await readJson(await this.#post(`${devicePath(deviceId)}/wake`, {})));
  }

  #post(path: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return this.#api.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }
}

/** What cannot be read has not the promised shape either. */
function readJson(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined);
}
