import type { SystemFiles } from './systemFiles.ts';

/** Block devices that are parts, sums or pictures of others. */
const INNER_DRIVE = /^(?:loop|ram|zram|dm-|md|nbd|sr|fd)\d/;
/** Partitions: the whole is listed beside them. */
const PARTITION = /^(?:(?:s|v|h|xv)d[a-z]+\d+|(?:nvme\d+n\d+|mmcblk\d+)p\d+|mmcblk\d+(?:boot|rpmb).*)$/;
/** Interfaces whose traffic passes through another one, or stays inside. */
const INNER_INTERFACE =
  /^(?:lo$|veth|docker|br-|virbr|lxc|lxd|cni|flannel|cali|vnet|tap|tun|wg|ifb|dummy|bond|team|sit|gre|erspan|ip6|tunl|teql)/;

/** Tells what is really connected to a machine from what its kernel makes up; looks at each name once. */
export class Hardware {
  readonly #files: SystemFiles;
  readonly #real = new Map<string, boolean>();

  constructor(files: SystemFiles) {
    this.#files = files;
  }

  /** Of block devices, the drives as a whole. */
  drives(names: readonly string[]): string[] {
    const candidates = names.filter((name) => !INNER_DRIVE.test(name) && !PARTITION.test(name));
    return this.#pick('sys/block', candidates, names);
  }

  /** The interfaces that lead out of the machine; where none is of hardware, as in a container, all that are not known to be inner ones. */
  interfaces(names: readonly string[]): string[] {
    return this.#pick(
      'sys/class/net',
      names.filter((name) => !INNER_INTERFACE.test(name)),
      names,
    );
  }

  #pick(folder: string, candidates: readonly string[], present: readonly string[]): string[] {
    for (const path of this.#real.keys()) {
      const [, name = ''] = /([^/]+)$/.exec(path) ?? [];
      if (path.startsWith(`${folder}/`) && !present.includes(name)) this.#real.delete(path);
    }
    const real = candidates.filter((name) => this.#isReal(`${folder}/${name}`));
    return real.length > 0 ? real : [...candidates];
  }

  #isReal(path: string): boolean {
    const known = this.#real.get(path);
    if (known !== undefined) return known;
    const isReal = this.#files.link(`${path}/device`) !== undefined;
    this.#real.set(path, isReal);
    return isReal;
  }
}
