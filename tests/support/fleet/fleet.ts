import { parseToken } from '@porthole/protocol';
import { FleetDevice } from './fleetDevice.ts';
import { FleetPictures } from './fleetPictures.ts';

/** How many introduce themselves at the same time. */
const AT_ONCE = 16;

/** Many devices that are not there, in this process. */
export class Fleet implements Disposable {
  readonly #devices: FleetDevice[] = [];

  /** Resolves when all of them are connected. `token` has to be good for that many. */
  static async connect(url: string, token: string, count: number): Promise<Fleet> {
    const fleet = new Fleet();
    const { secret, hubKey } = parseToken(token);
    const pictures = new FleetPictures();
    let next = 1;
    const work = async () => {
      for (let index = next++; index <= count; index = next++) {
        fleet.#devices.push(await FleetDevice.connect({ url, hubKey, token: secret }, index, pictures));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return fleet;
  }

  /** How many are connected now. */
  get online(): number {
    return this.#devices.filter(({ isOnline }) => isOnline).length;
  }

  [Symbol.dispose](): void {
    for (const device of this.#devices) device.close();
  }
}
