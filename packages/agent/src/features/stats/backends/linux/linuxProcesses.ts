import { setImmediate } from 'node:timers/promises';
import type { ProcessRow } from '@porthole/protocol';
import { startTime, TICKS } from '../../../../platform/bootTime.ts';
import { pageSize } from '../../../../platform/pageSize.ts';
import { type ProcessStat, processNumbers, readProcess } from '../../../../platform/programs/processTable.ts';
import type { ProcessLoad, ProcessReader } from '../../backend.ts';
import { isPoorName, ProcessDetails } from './processDetails.ts';
import type { SystemFiles } from './systemFiles.ts';

/** What is known of the kernel's own parts without asking. */
const KERNEL_PART = { command: '', user: 'root' };
/** Processes looked at before others have a turn. */
const AT_ONCE = 200;
/** From this number of processes on, those that do nothing are looked at in turns. */
const MANY = 500;
/** More than any machine has cores. */
const MAX_CPU = 100_000;

interface Known {
  row: ProcessStat;
  /** In cores. */
  cpu: number;
  /** When it was looked at, in clock ticks since the system started. */
  at: number;
}

/** What runs on a Linux machine, by `/proc`: of each process its `stat` alone, the rest once. */
export class LinuxProcesses implements ProcessReader {
  readonly #files: SystemFiles;
  readonly #details: ProcessDetails;
  #known: ReadonlyMap<number, Known> = new Map();
  /** Of the reading before, in clock ticks since the system started. */
  #before = 0;
  #round = 0;

  constructor(files: SystemFiles) {
    this.#files = files;
    this.#details = new ProcessDetails(files);
  }

  async loads(): Promise<ProcessLoad[]> {
    const { found, uptime } = await this.#read(1);
    const poor = found.flatMap(({ row }) => (isPoorName(row.name) ? [row] : []));
    const details = await this.#details.of(poor, uptime);
    return found.map(({ row, cpu }) => loadOf(row, cpu, details.get(row.pid)?.name));
  }

  /** Of many hundreds, one that did nothing so far shows what it does a few readings later. */
  async rows(): Promise<ProcessRow[]> {
    const turns = Math.max(1, Math.ceil(this.#known.size / MANY));
    const { found, uptime } = await this.#read(turns);
    const rows = found.map(({ row }) => row);
    const details = await this.#details.of(rows, uptime);
    return found.map(({ row, cpu }) => ({
      ...loadOf(row, cpu),
      ...KERNEL_PART,
      ...details.get(row.pid),
      parent: row.parent,
      state: row.state,
    }));
  }

  /** @param turns readings in which each quiet process is looked at once. */
  async #read(turns: number): Promise<{ found: Known[]; uptime: number }> {
    const uptime = Number.parseFloat(this.#files.now('proc/uptime') ?? '0') * TICKS;
    const known = new Map<number, Known>();
    const round = this.#round++;
    let reads = 0;
    for (const pid of processNumbers()) {
      const earlier = this.#known.get(pid);
      const waits = earlier?.cpu === 0 && (pid + round) % turns !== 0;
      const now = waits ? earlier : this.#look(pid, earlier, uptime);
      if (now) known.set(pid, now);
      if (!waits && ++reads % AT_ONCE === 0) await setImmediate();
    }
    this.#known = known;
    this.#before = uptime;
    return { found: [...known.values()], uptime };
  }

  #look(pid: number, earlier: Known | undefined, uptime: number): Known | undefined {
    const row = readProcess(pid);
    if (!row) return undefined;
    const isKnown = earlier?.row.startedAt === row.startedAt;
    // Of one that is new here and older than the last reading nothing is known of the time between.
    const since = isKnown ? earlier.at : Math.max(this.#before, row.startedAt);
    const used = row.ticks - (isKnown ? earlier.row.ticks : 0);
    const isUnknown = !isKnown && row.startedAt < this.#before;
    const cpu = isUnknown || used <= 0 || uptime <= since ? 0 : Math.min(used / (uptime - since), MAX_CPU);
    return { row, cpu, at: uptime };
  }
}

function loadOf(row: ProcessStat, cpu: number, name = row.name): ProcessLoad {
  const memory = Math.max(0, row.pages) * pageSize();
  return { pid: row.pid, name, cpu: Math.round(cpu * 1_000) / 1_000, memory, started: startTime(row.startedAt) };
}
