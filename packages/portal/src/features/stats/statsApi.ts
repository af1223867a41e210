import {
  type DeviceFacts,
  deviceFacts,
  type History,
  type HistoryTop,
  history,
  historyTop,
  PATHS,
  type ScreenSettings,
  type SendingSettings,
  screenSettings,
  sendingSettings,
  type Traffic,
  traffic,
} from '@porthole/protocol';
import { type Api, checked, devicePath, type Schema } from '../../base/api.ts';
import { newRequestId } from '../../base/newRequestId.ts';

/** What is asked of a history; times in ms since 1970 by the hub's clock. */
export interface AskedHistory {
  from: number;
  to: number;
  points: number;
}

/** Health, facts and sending settings at the hub's HTTP routes. Every method rejects with a `PortholeError`. */
export class StatsApi {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** `clock` is the hub's, in ms since 1970 and as exact as a second; undefined when it did not tell. */
  async history(
    deviceId: string,
    { from, to, points }: AskedHistory,
    signal: AbortSignal,
  ): Promise<{ history: History; clock: number | undefined }> {
    const query = new URLSearchParams({ from: String(from), to: String(to), points: String(points) });
    const response = await this.#api.request(`${devicePath(deviceId)}/history?${query}`, { signal });
    const clock = Date.parse(response.headers.get('date') ?? '');
    return { history: checked(history, await readJson(response)), clock: Number.isNaN(clock) ? undefined : clock };
  }

  top(deviceId: string, at: number): Promise<HistoryTop> {
    return this.#read(`${devicePath(deviceId)}/history/top?at=${Math.round(at)}`, historyTop);
  }

  facts(deviceId: string): Promise<DeviceFacts> {
    return this.#read(`${devicePath(deviceId)}/facts`, deviceFacts);
  }

  traffic(deviceId: string): Promise<Traffic> {
    return this.#read(`${devicePath(deviceId)}/traffic`, traffic);
  }

  /** `started` makes sure that it is still the same process; `self` says that it may be the agent. */
  async endProcess(
    deviceId: string,
    target: { pid: number; started: number; kill: boolean; self: boolean },
  ): Promise<void> {
    const { pid, ...rest } = target;
    await this.#send('POST', `${devicePath(deviceId)}/processes/${pid}/end`, { id: newRequestId(), ...rest });
  }

  /** What one device sends from now on; null: as all others. */
  async setSending(deviceId: string, settings: SendingSettings | null): Promise<void> {
    await this.#set(`${devicePath(deviceId)}/settings/sending`, settings);
  }

  /** How the screen of one device is sent to those who chose nothing else; null: as of all others. */
  async setScreen(deviceId: string, settings: ScreenSettings | null): Promise<void> {
    await this.#set(`${devicePath(deviceId)}/settings/screen`, settings);
  }

  sendingDefaults(): Promise<SendingSettings> {
    return this.#read(PATHS.sendingDefaults, sendingSettings);
  }

  async setSendingDefaults(settings: SendingSettings): Promise<void> {
    await this.#set(PATHS.sendingDefaults, settings);
  }

  screenDefaults(): Promise<ScreenSettings> {
    return this.#read(PATHS.screenDefaults, screenSettings);
  }

  async setScreenDefaults(settings: ScreenSettings): Promise<void> {
    await this.#set(PATHS.screenDefaults, settings);
  }

  async #set(path: string, settings: object | null): Promise<void> {
    if (settings === null) await this.#api.request(path, { method: 'DELETE' });
    else await this.#send('PUT', path, settings);
  }

  async #read<T>(path: string, schema: Schema<T>): Promise<T> {
    return checked(schema, await readJson(await this.#api.request(path)));
  }

  async #send(method: 'POST' | 'PUT', path: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await this.#api.request(path, { method, headers, body: JSON.stringify(body) });
  }
}

/** What cannot be read has not the promised shape either. */
function readJson(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined);
}
