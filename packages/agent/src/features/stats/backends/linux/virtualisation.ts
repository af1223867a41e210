import type { SystemFiles } from './systemFiles.ts';

/** What the maker of a machine is called when it is a program. */
const MAKERS: readonly (readonly [RegExp, string])[] = [
  [/^VMware/, 'vmware'],
  [/^innotek|VirtualBox/, 'virtualbox'],
  [/^Microsoft Corporation.*Virtual/, 'hyper-v'],
  [/^Xen/, 'xen'],
  [/^Parallels/, 'parallels'],
  [/^BHYVE/, 'bhyve'],
  [/^Apple.*Virtual/, 'apple'],
  [/^(?:QEMU|KVM|Red Hat|Amazon EC2|Google|DigitalOcean|Hetzner|OpenStack|Nutanix)/, 'kvm'],
];
const CLOCKS: readonly (readonly [RegExp, string])[] = [
  [/kvm-clock/, 'kvm'],
  [/hyperv_clocksource/, 'hyper-v'],
  [/xen/, 'xen'],
];
const CONTAINERS = ['docker', 'podman', 'kubepods', 'lxc', 'containerd'];

/** In what a system runs: `docker`, `lxc`, `wsl`, `kvm`, …; undefined on a machine of its own. `machine` is its maker and model. */
export async function findVirtualisation(files: SystemFiles, machine: string): Promise<string | undefined> {
  return (await findContainer(files)) ?? (await findHypervisor(files, machine));
}

async function findContainer(files: SystemFiles): Promise<string | undefined> {
  if (files.now('.dockerenv') !== undefined) return 'docker';
  if (files.now('run/.containerenv') !== undefined) return 'podman';
  const named = files.now('run/systemd/container')?.trim();
  if (named) return named.slice(0, 64);
  if (/microsoft/i.test(files.now('proc/sys/kernel/osrelease') ?? '')) return 'wsl';
  // Who may not read it learns nothing from it.
  const [, ofFirst] = /(?:^|\0)container=([^\0]+)/.exec((await files.read('proc/1/environ')) ?? '') ?? [];
  if (ofFirst) return ofFirst.slice(0, 64);
  const groups = files.now('proc/1/cgroup') ?? '';
  return CONTAINERS.find((name) => new RegExp(`[/:]${name}`).test(groups));
}

async function findHypervisor(files: SystemFiles, machine: string): Promise<string | undefined> {
  const known = MAKERS.find(([pattern]) => pattern.test(machine))?.[1];
  if (known !== undefined) return known;
  const type = files.now('sys/hypervisor/type')?.trim();
  if (type) return type.slice(0, 64);
  if (!/^flags\s*:.*\bhypervisor\b/m.test((await files.read('proc/cpuinfo')) ?? '')) return undefined;
  const clocks = files.now('sys/devices/system/clocksource/clocksource0/available_clocksource') ?? '';
  return CLOCKS.find(([pattern]) => pattern.test(clocks))?.[1] ?? 'virtual machine';
}
