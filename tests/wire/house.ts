import type { Device, Role } from '@porthole/protocol';
import { type Agent, startAgent } from '../support/agent.ts';
import { ApiClient } from '../support/apiClient.ts';
import { eventually } from '../support/eventually.ts';
import { addUser, type Hub, type HubOptions, startHub } from '../support/hub.ts';
import { WirePortal } from './wirePortal.ts';

export const PASSWORD = 'correct horse battery';
const USERS: Record<string, Role> = { ann: 'admin', oli: 'operator', vic: 'viewer' };
export type UserName = 'ann' | 'oli' | 'vic';

/** A real hub with one user of each role, and everything that tests connect to it; `close()` ends all of it. */
export class House {
  readonly hub: Hub;
  readonly #open: (() => unknown)[] = [];

  private constructor(hub: Hub) {
    this.hub = hub;
    this.#open.push(() => hub.stop());
  }

  static async start(options?: HubOptions): Promise<House> {
    const house = new House(await startHub(options));
    try {
      for (const [name, role] of Object.entries(USERS)) await addUser(house.hub, { name, role, password: PASSWORD });
    } catch (error) {
      await house.close();
      throw error;
    }
    return house;
  }

  /** Takes something over that ends with the house. */
  keep<T extends Disposable | AsyncDisposable>(thing: T): T {
    this.#open.push(() => (Symbol.asyncDispose in thing ? thing[Symbol.asyncDispose]() : thing[Symbol.dispose]()));
    return thing;
  }

  async signIn(name: UserName = 'ann'): Promise<ApiClient> {
    const api = this.keep(new ApiClient(this.hub.url));
    await api.signIn(name, PASSWORD);
    return api;
  }

  async portal(name?: UserName): Promise<WirePortal> {
    return this.keep(await WirePortal.open(await this.signIn(name)));
  }

  async agent(name: string, display = 'fake'): Promise<Agent> {
    return this.keep(await startAgent({ hub: this.hub, display, name }));
  }

  /** An agent, and its device as the hub knows it. */
  async device(name: string, display?: string): Promise<{ agent: Agent; id: string }> {
    const agent = await this.agent(name, display);
    const api = await this.signIn();
    const id = await eventually(`${name} is enrolled`, async () => (await deviceOf(api, name))?.id);
    return { agent, id };
  }

  /** Ends everything, last things first; the first failure is thrown when all has been tried. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const end of this.#open.reverse()) {
      try {
        await end();
      } catch (error) {
        failures.push(error);
      }
    }
    this.#open.length = 0;
    if (failures.length > 0) throw failures[0];
  }
}

/** The device of that name as the user of `api` sees it. */
export async function deviceOf(api: ApiClient, name: string): Promise<Device | undefined> {
  const devices = await api.get<Device[]>('/api/devices');
  return devices.find((device) => device.name === name);
}
