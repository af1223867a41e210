import { readFile } from 'node:fs/promises';

/** One mounted file system, as `/proc/self/mountinfo` tells of it. */
export interface Mount {
  /** As `stat` numbers it. */
  device: bigint;
  /** `major:minor`. */
  number: string;
  path: string;
  type: string;
  source: string;
  readOnly: boolean;
}

/** File systems that show the kernel's state rather than keep files. */
const PSEUDO = new Set(
  (
    'proc sysfs devtmpfs devpts cgroup cgroup2 securityfs debugfs tracefs configfs bpf pstore efivarfs mqueue fusectl ' +
    'binfmt_misc selinuxfs hugetlbfs rpc_pipefs nsfs sockfs pipefs autofs resctrl'
  ).split(' '),
);
const FRESH_MS = 2_000;
const FIELD_ESCAPE = /\\([0-7]{3})/g;

/** What is mounted now, remembered for two seconds. */
export class MountTable {
  #loading: Promise<Mount[]> | undefined;
  #loadedAt = Number.NEGATIVE_INFINITY;

  list(): Promise<Mount[]> {
    if (this.#loading && performance.now() - this.#loadedAt < FRESH_MS) return this.#loading;
    this.#loadedAt = performance.now();
    this.#loading = readFile('/proc/self/mountinfo', 'utf8').then(parseMounts);
    return this.#loading;
  }

  async isPseudo(device: bigint): Promise<boolean> {
    return (await this.list()).some((mount) => mount.device === device && isPseudo(mount));
  }
}

/** True for a mount that is no storage; `/dev` itself is none, whatever it is made of. */
export function isPseudo({ type, path }: Pick<Mount, 'type' | 'path'>): boolean {
  return PSEUDO.has(type) || path === '/dev';
}

/** Reads the text of `/proc/self/mountinfo`; lines that it does not understand are left out. */
export function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.split(' ');
    const [, , number = '', , path = '', options = ''] = fields;
    const [type, source = '', superOptions = ''] = fields.slice(fields.indexOf('-') + 1);
    const [, major, minor] = /^(\d+):(\d+)$/.exec(number) ?? [];
    if (major === undefined || minor === undefined || type === undefined) return [];
    const readOnly = [options, superOptions].some((list) => list.split(',').includes('ro'));
    const device = deviceNumber(BigInt(major), BigInt(minor));
    return [{ device, number, path: plainField(path), type, source: plainField(source), readOnly }];
  });
}

/** How the C library packs the two halves of a device's number into one. */
function deviceNumber(major: bigint, minor: bigint): bigint {
  return (minor & 0xffn) | ((major & 0xfffn) << 8n) | ((minor & ~0xffn) << 12n) | ((major & ~0xfffn) << 32n);
}

function plainField(field: string): string {
  return field.replace(FIELD_ESCAPE, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
