import type { HealthSample } from '@porthole/protocol';
import type { HealthReader } from '../../backend.ts';
import { Rates } from '../../rates.ts';
import { readBattery } from './battery.ts';
import { parseDiskCounters, parseNetworkCounters } from './counters.ts';
import { CpuShares } from './cpuTimes.ts';
import { frequencies } from './frequencies.ts';
import type { Gpus } from './gpus.ts';
import { Hardware } from './hardware.ts';
import { parseLoad, parseMemory } from './memory.ts';
import { Sensors } from './sensors.ts';
import type { Spaces } from './spaces.ts';
import type { SystemFiles } from './systemFiles.ts';

const MAX_CORES = 1_024;
const MAX_DEVICES = 64;
const MS = 1_000;

/** What all readers of one machine share: what is slow to find, or to ask. */
export interface LinuxParts {
  files: SystemFiles;
  spaces: Spaces;
  gpus: Gpus;
}

/** Health of a Linux machine, out of `/proc` and `/sys`: no process is started, and nothing that hangs is waited for. */
export class LinuxHealth implements HealthReader {
  readonly #parts: LinuxParts;
  readonly #shares = new CpuShares();
  readonly #disks = new Rates();
  readonly #network = new Rates();
  readonly #sensors: Sensors;
  readonly #hardware: Hardware;
  readonly #frequencies: () => Promise<ReadonlyMap<number, number>>;

  constructor(parts: LinuxParts) {
    this.#parts = parts;
    this.#sensors = new Sensors(parts.files);
    this.#hardware = new Hardware(parts.files);
    this.#frequencies = frequencies(parts.files);
  }

  async read(): Promise<HealthSample> {
    const { files, spaces, gpus } = this.#parts;
    const at = Date.now();
    const load = parseLoad(files.now('proc/loadavg') ?? '');
    const memory = parseMemory(files.now('proc/meminfo') ?? '');
    const shares = this.#shares.update(files.now('proc/stat') ?? '');
    const rates = { drives: this.#drives(), interfaces: this.#interfaces() };
    const [mhz, disks, sensors, loads, battery] = await Promise.all([
      this.#frequencies(),
      spaces.read(),
      this.#sensors.read(),
      gpus.loads(),
      readBattery(files),
    ]);
    return {
      at,
      cpu: shares.all,
      cores: [...shares.cores].slice(0, MAX_CORES).map(([id, busy]) => ({ busy, ...clock(mhz.get(id)) })),
      ...(load ? { load } : {}),
      ...memory,
      // As far as programs may fill it: what the system keeps for itself is no room.
      disks: disks.map(({ mount, used, free }) => ({ mount, used, total: used + free })),
      ...rates,
      ...sensors,
      gpus: loads,
      ...(battery ? { battery } : {}),
    };
  }

  #drives(): HealthSample['drives'] {
    const all = parseDiskCounters(this.#parts.files.now('proc/diskstats') ?? '');
    const rates = this.#disks.update(all, performance.now());
    const drives = this.#hardware.drives([...rates.keys()]).slice(0, MAX_DEVICES);
    return drives.map((name) => {
      const [read = 0, written = 0, busyMs = 0] = rates.get(name) ?? [];
      return { name, read, written, busy: Math.min(1, busyMs / MS) };
    });
  }

  #interfaces(): HealthSample['interfaces'] {
    const all = parseNetworkCounters(this.#parts.files.now('proc/net/dev') ?? '');
    const rates = this.#network.update(all, performance.now());
    const names = this.#hardware.interfaces([...rates.keys()]).slice(0, MAX_DEVICES);
    return names.map((name) => {
      const [received = 0, sent = 0] = rates.get(name) ?? [];
      return { name, received, sent };
    });
  }
}

function clock(mhz: number | undefined): { mhz: number } | Record<string, never> {
  return mhz === undefined ? {} : { mhz };
}
