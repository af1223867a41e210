import type { HealthSample } from '@porthole/protocol';
import { remembered } from '../../remembered.ts';
import type { SystemFiles } from './systemFiles.ts';

type Readings = Pick<HealthSample, 'temperatures' | 'fans'>;

interface Sensor {
  kind: 'temp' | 'fan';
  name: string;
  path: string;
}

/** How long the list of sensors holds, in ms. */
const FRESH_MS = 60_000;
const MAX_TEMPERATURES = 128;
const MAX_FANS = 64;
/** What is beyond comes from an input that nothing is connected to. */
const LOWEST = -60;
const HIGHEST = 200;
const HWMON = 'sys/class/hwmon';
const THERMAL = 'sys/class/thermal';

/** Temperatures and fans, as the drivers of the kernel tell of them. */
export class Sensors {
  readonly #files: SystemFiles;
  readonly #find: () => Promise<Sensor[]>;

  constructor(files: SystemFiles) {
    this.#files = files;
    this.#find = remembered(FRESH_MS, () => this.#list());
  }

  async read(): Promise<Readings> {
    const temperatures: Readings['temperatures'] = [];
    const fans: Readings['fans'] = [];
    // One after the other: they are of a few drivers, each of which answers one question at a time.
    for (const { kind, name, path } of await this.#find()) {
      const value = await this.#files.number(path);
      if (value === undefined) continue;
      const celsius = value / 1_000;
      if (kind === 'fan') fans.push({ name, rpm: Math.max(0, value) });
      else if (celsius > LOWEST && celsius < HIGHEST) temperatures.push({ name, celsius });
    }
    return { temperatures, fans };
  }

  async #list(): Promise<Sensor[]> {
    const chips = await Promise.all(this.#files.list(HWMON).map((chip) => this.#ofChip(`${HWMON}/${chip}`)));
    const sensors = chips.flat();
    const temperatures = sensors.filter(({ kind }) => kind === 'temp');
    const others = temperatures.length > 0 ? temperatures : await this.#zones();
    return [...others.slice(0, MAX_TEMPERATURES), ...sensors.filter(({ kind }) => kind === 'fan').slice(0, MAX_FANS)];
  }

  async #ofChip(folder: string): Promise<Sensor[]> {
    const chip = (await this.#files.read(`${folder}/name`)) ?? '';
    const inputs = this.#files.list(folder).flatMap((file) => {
      const [, input, kind] = /^((temp|fan)\d+)_input$/.exec(file) ?? [];
      return input && (kind === 'temp' || kind === 'fan') ? [{ input, kind } as const] : [];
    });
    return Promise.all(
      inputs.map(async ({ input, kind }) => {
        const label = await this.#files.read(`${folder}/${input}_label`);
        const isAlone = inputs.filter((other) => other.kind === kind).length === 1;
        const name = `${chip} ${label || (isAlone ? '' : input)}`.trim() || input;
        return { kind, name: name.slice(0, 256), path: `${folder}/${input}_input` };
      }),
    );
  }

  /** What firmware calls a zone: what small boards have instead of chips. */
  #zones(): Promise<Sensor[]> {
    const zones = this.#files.list(THERMAL).filter((name) => name.startsWith('thermal_zone'));
    return Promise.all(
      zones.map(async (zone) => {
        const type = await this.#files.read(`${THERMAL}/${zone}/type`);
        return { kind: 'temp' as const, name: (type || zone).slice(0, 256), path: `${THERMAL}/${zone}/temp` };
      }),
    );
  }
}
