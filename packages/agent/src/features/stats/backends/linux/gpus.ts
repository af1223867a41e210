import type { DeviceFacts, HealthSample } from '@porthole/protocol';
import { remembered } from '../../remembered.ts';
import type { SystemFiles } from './systemFiles.ts';

type Load = HealthSample['gpus'][number];
type Fact = DeviceFacts['gpus'][number];

interface Gpu {
  name: string;
  /** Folder of the device, below `/sys`. */
  folder: string;
  memory: number | undefined;
  /** File of its temperature. */
  heat: string | undefined;
}

const FRESH_MS = 60_000;
const MAX_GPUS = 16;
const DRM = 'sys/class/drm';
const NVIDIA = 'proc/driver/nvidia/gpus';
const MAKERS: Record<string, string> = { '0x1002': 'AMD', '0x10de': 'NVIDIA', '0x8086': 'Intel', '0x1a03': 'ASPEED' };
/** Where systems keep the names of devices. */
const NAMES = ['usr/share/misc/pci.ids', 'usr/share/hwdata/pci.ids'];

/** Graphics processors, as far as files tell of them: AMD's driver says most, others little. */
export class Gpus {
  readonly #files: SystemFiles;
  readonly #find: () => Promise<Gpu[]>;

  constructor(files: SystemFiles) {
    this.#files = files;
    this.#find = remembered(FRESH_MS, () => this.#list());
  }

  async facts(): Promise<Fact[]> {
    return (await this.#find()).map(({ name, memory }) => ({ name, ...(memory === undefined ? {} : { memory }) }));
  }

  /** Only of those that tell something. */
  async loads(): Promise<Load[]> {
    const loads = await Promise.all((await this.#find()).map((gpu) => this.#load(gpu)));
    return loads.filter((load) => Object.keys(load).length > 1);
  }

  async #load({ name, folder, memory, heat }: Gpu): Promise<Load> {
    const [percent, used, millidegrees] = await Promise.all([
      this.#files.number(`${folder}/gpu_busy_percent`),
      memory === undefined ? undefined : this.#files.number(`${folder}/mem_info_vram_used`),
      heat === undefined ? undefined : this.#files.number(heat),
    ]);
    return {
      name,
      ...(percent === undefined ? {} : { busy: Math.min(1, Math.max(0, percent / 100)) }),
      ...(used === undefined || memory === undefined ? {} : { memory: { used, total: memory } }),
      ...(millidegrees === undefined ? {} : { celsius: millidegrees / 1_000 }),
    };
  }

  async #list(): Promise<Gpu[]> {
    const cards = this.#files.list(DRM).filter((name) => /^card\d+$/.test(name));
    const gpus = await Promise.all(cards.slice(0, MAX_GPUS).map((card) => this.#describe(`${DRM}/${card}/device`)));
    return gpus.flatMap((gpu) => gpu ?? []);
  }

  async #describe(folder: string): Promise<Gpu | undefined> {
    const [vendor, device, product, memory, uevent] = await Promise.all([
      this.#files.read(`${folder}/vendor`),
      this.#files.read(`${folder}/device`),
      this.#files.read(`${folder}/product_name`),
      this.#files.number(`${folder}/mem_info_vram_total`),
      this.#files.read(`${folder}/uevent`),
    ]);
    const driver = /^DRIVER=(.+)$/m.exec(uevent ?? '')?.[1];
    if (vendor === undefined && driver === undefined) return undefined;
    const slot = /^PCI_SLOT_NAME=(.+)$/m.exec(uevent ?? '')?.[1];
    const known = product || (await this.#nvidiaName(slot)) || (await this.#pciName(vendor, device));
    const maker = MAKERS[vendor ?? ''];
    const name = known ?? [maker, driver].filter(Boolean).join(' ');
    const [chip] = this.#files.list(`${folder}/hwmon`);
    const heat = chip === undefined ? undefined : `${folder}/hwmon/${chip}/temp1_input`;
    return { name: (name || 'Graphics').slice(0, 256), folder, memory, heat };
  }

  async #nvidiaName(slot: string | undefined): Promise<string | undefined> {
    if (slot === undefined) return undefined;
    const text = await this.#files.read(`${NVIDIA}/${slot}/information`);
    return /^Model:\s*(.+)$/m.exec(text ?? '')?.[1]?.trim();
  }

  async #pciName(vendor: string | undefined, device: string | undefined): Promise<string | undefined> {
    if (vendor === undefined || device === undefined) return undefined;
    for (const path of NAMES) {
      const name = findPciName((await this.#files.read(path)) ?? '', vendor, device);
      if (name !== undefined) return [MAKERS[vendor], name].filter(Boolean).join(' ');
    }
    return undefined;
  }
}

/** Looks a device up in the text of `pci.ids`; ids begin with `0x`. */
export function findPciName(text: string, vendor: string, device: string): string | undefined {
  const start = text.search(new RegExp(`^${id(vendor)}  `, 'm'));
  if (start < 0) return undefined;
  const rest = text.slice(text.indexOf('\n', start) + 1);
  const end = rest.search(/^[^\t#]/m);
  const own = end < 0 ? rest : rest.slice(0, end);
  const full = new RegExp(`^\\t${id(device)}  (.+)$`, 'm').exec(own)?.[1];
  // What stands in brackets is what people know it by.
  return full === undefined ? undefined : (/\[(.+)\]/.exec(full)?.[1] ?? full);
}

function id(text: string): string {
  return /^0x([0-9a-f]{4})$/.exec(text)?.[1] ?? '-';
}
