import { cpus, freemem, loadavg, release, totalmem, type, uptime } from 'node:os';
import type { HealthSample, ProcessRow } from '@porthole/protocol';
import type { HealthReader, ProcessReader, StatsBackend, SystemFacts } from '../../backend.ts';
import { remembered } from '../../remembered.ts';
import { addressGlance, interfaceFacts } from '../networkFacts.ts';
import { amount, share, toBattery, toDrives, toGpus, toProcess } from './translate.ts';

/** Between looks that may start a program of the system, in ms; and between those of which nobody expects a change. */
const RARELY_MS = 10_000;
const VERY_RARELY_MS = 60_000;

type Library = typeof import('systeminformation');

export interface OtherOptions {
  /** True for where the drive is mounted that the system is on. */
  isMain(mount: string): boolean;
  library?: () => Promise<Library>;
}

/** A system that is asked by its own programs: rarely, as each question starts one. What fails is left out. */
export class OtherStats implements StatsBackend {
  readonly #ask;

  constructor({ isMain, library = () => import('systeminformation') }: OtherOptions) {
    // Loaded with the first question: machines that answer by files never need it.
    const si = remembered(Number.POSITIVE_INFINITY, library);
    const ask = <T>(freshMs: number, question: (si: Library) => Promise<T>) =>
      remembered(freshMs, () =>
        si()
          .then(question)
          .catch(() => undefined),
      );
    this.#ask = {
      drives: ask(RARELY_MS, async (all) => toDrives(await all.fsSize(), isMain)),
      network: ask(RARELY_MS, (all) => all.networkStats('*')),
      io: ask(RARELY_MS, (all) => all.fsStats()),
      heat: ask(RARELY_MS, (all) => all.cpuTemperature()),
      battery: ask(RARELY_MS, async (all) => toBattery(await all.battery())),
      gpus: ask(VERY_RARELY_MS, async (all) => toGpus((await all.graphics()).controllers)),
      memory: ask(RARELY_MS, (all) => all.mem()),
      processes: ask(RARELY_MS, async (all) =>
        (await all.processes()).list.map((row) => toProcess(row, cpus().length)),
      ),
      machine: ask(Number.POSITIVE_INFINITY, (all) => all.system()),
      processor: ask(Number.POSITIVE_INFINITY, (all) => all.cpu()),
      users: ask(VERY_RARELY_MS, (all) => all.users()),
    };
  }

  health(): HealthReader {
    let before = coreTimes();
    return {
      read: async () => {
        const now = coreTimes();
        const cores = now.map((times, at) => ({ busy: busyBetween(before[at], times) }));
        before = now;
        return { ...(await this.#figures()), cpu: share(mean(cores.map(({ busy }) => busy))), cores };
      },
    };
  }

  processes(): ProcessReader {
    const rows = async (): Promise<ProcessRow[]> => (await this.#ask.processes()) ?? [];
    return { rows, loads: rows };
  }

  async facts(): Promise<SystemFacts> {
    const [machine, processor, users, gpus, drives, battery] = await Promise.all([
      this.#ask.machine(),
      this.#ask.processor(),
      this.#ask.users(),
      this.#ask.gpus(),
      this.#ask.drives(),
      this.#ask.battery(),
    ]);
    const threads = cpus().length;
    const model = processor && `${processor.manufacturer} ${processor.brand}`.trim().slice(0, 256);
    return {
      ...(machine?.manufacturer ? { maker: machine.manufacturer.slice(0, 256) } : {}),
      ...(machine?.model ? { model: machine.model.slice(0, 256) } : {}),
      kernel: `${type()} ${release()}`.slice(0, 256),
      ...(machine?.virtual ? { virtualisation: (machine.virtualHost || 'virtual machine').slice(0, 256) } : {}),
      bootedAt: Math.round(Date.now() - uptime() * 1_000),
      timeZone: -new Date().getTimezoneOffset(),
      users: [...new Set((users ?? []).map(({ user }) => user.slice(0, 256)))].sort().slice(0, 64),
      ...(model && threads > 0
        ? { cpu: { model, cores: Math.max(1, processor.physicalCores || threads), threads } }
        : {}),
      memory: totalmem(),
      gpus: (gpus ?? []).map(({ name, memory }) => ({ name, ...(memory ? { memory: memory.total } : {}) })),
      drives: drives ?? [],
      interfaces: interfaceFacts(),
      battery: battery !== undefined,
    };
  }

  glance(): string {
    return addressGlance();
  }

  async #figures(): Promise<Omit<HealthSample, 'cpu' | 'cores'>> {
    const [drives, network, io, heat, battery, gpus, memory] = await Promise.all([
      this.#ask.drives(),
      this.#ask.network(),
      this.#ask.io(),
      this.#ask.heat(),
      this.#ask.battery(),
      this.#ask.gpus(),
      this.#ask.memory(),
    ]);
    const load = loadavg();
    const celsius = heat?.main;
    return {
      at: Date.now(),
      // A system without it says zeros.
      ...(load.some((value) => value > 0) ? { load } : {}),
      memory: { used: totalmem() - freemem(), total: totalmem() },
      ...(memory && memory.swaptotal > 0 ? { swap: { used: amount(memory.swapused), total: memory.swaptotal } } : {}),
      disks: (drives ?? []).map(({ mount, size, free }) => ({ mount, used: size - free, total: size })),
      drives: io ? [{ name: 'all', read: amount(io.rx_sec), written: amount(io.wx_sec) }] : [],
      interfaces: (network ?? []).slice(0, 64).map(({ iface, rx_sec, tx_sec }) => ({
        name: iface.slice(0, 256),
        received: amount(rx_sec),
        sent: amount(tx_sec),
      })),
      temperatures: typeof celsius === 'number' && celsius > 0 ? [{ name: 'CPU', celsius }] : [],
      fans: [],
      gpus: (gpus ?? []).filter((gpu) => Object.keys(gpu).length > 1),
      ...(battery ? { battery } : {}),
    };
  }
}

interface Times {
  busy: number;
  total: number;
}

function coreTimes(): Times[] {
  return cpus().map(({ times }) => {
    const total = Object.values(times).reduce((sum, value) => sum + value, 0);
    return { busy: total - times.idle, total };
  });
}

function busyBetween(before: Times | undefined, now: Times): number {
  return share((now.busy - (before?.busy ?? 0)) / (now.total - (before?.total ?? 0)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
