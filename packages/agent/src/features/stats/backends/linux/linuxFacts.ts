import { cpus, release, totalmem } from 'node:os';
import { bootTime } from '../../../../platform/bootTime.ts';
import type { SystemFacts } from '../../backend.ts';
import { interfaceFacts } from '../networkFacts.ts';
import { readBattery } from './battery.ts';
import { Hardware } from './hardware.ts';
import type { LinuxParts } from './linuxHealth.ts';
import { findMachine } from './machine.ts';
import { parseProcessor } from './processors.ts';
import { findUsers } from './users.ts';
import { findVirtualisation } from './virtualisation.ts';

const NET = 'sys/class/net';

/** What a Linux machine is, out of files alone. */
export async function linuxFacts({ files, spaces, gpus }: LinuxParts): Promise<SystemFacts> {
  const machine = findMachine(files);
  const [virtualisation, cpuinfo, graphics, drives, battery] = await Promise.all([
    findVirtualisation(files, `${machine.maker ?? ''} ${machine.model ?? ''}`.trim()),
    files.read('proc/cpuinfo'),
    gpus.facts(),
    spaces.read(),
    readBattery(files),
  ]);
  const cores = cpus();
  const cpu = parseProcessor(cpuinfo ?? '', { model: cores[0]?.model ?? '', threads: cores.length });
  return {
    ...machine,
    kernel: `Linux ${release()}`.slice(0, 256),
    ...(virtualisation ? { virtualisation } : {}),
    bootedAt: bootTime(),
    timeZone: -new Date().getTimezoneOffset(),
    users: findUsers(files),
    ...(cpu ? { cpu } : {}),
    memory: totalmem(),
    gpus: graphics,
    drives: drives.map(({ mount, device, format, size, free, main }) => ({ mount, device, format, size, free, main })),
    interfaces: interfaceFacts(cards(files)),
    battery: battery !== undefined,
  };
}

/** Interfaces of hardware, whether they have an address or not. */
function cards(files: LinuxParts['files']): { name: string; mac: string | undefined }[] {
  const names = files.list(NET).filter((name) => files.link(`${NET}/${name}/device`) !== undefined);
  return new Hardware(files)
    .interfaces(names)
    .map((name) => ({ name, mac: files.now(`${NET}/${name}/address`)?.trim() }));
}
