import { setTimeout as sleep } from 'node:timers/promises';
import { ProcessFamilies } from './processFamilies.ts';
import type { ProcessRow } from './processTable.ts';
import type { Ending } from './programs.ts';

/** Time between two looks, in ms; longer when a look itself takes long, so that looking is never most of what is done. */
const LOOK_MS = 20;
const LOOK_SHARE = 2;
/** What cannot be killed within this belongs to somebody else, or hangs in the kernel. */
const KILL_MS = 2_000;

/** How a system tells of its processes. */
export interface ProcessView {
  /** All that live now. */
  read(): readonly ProcessRow[] | Promise<readonly ProcessRow[]>;
  /** The latest `startedAt` of what ran at `time` (ms since 1970). */
  startedBy(time: number): number;
}

/**
 * Ends processes, each with its session and all that they started: the signal first, SIGKILL after the grace. However many are
 * ended at once, each look at the processes of the system is one for all of them.
 */
export class FamilyEnder {
  readonly #view: ProcessView;
  readonly #families = new Set<EndingFamily>();
  #isLooking = false;

  constructor(view: ProcessView) {
    this.#view = view;
  }

  /** Resolves when nothing is left of it, or what is left cannot be ended. */
  end(leader: number, ending: Ending): Promise<void> {
    const { startedBefore } = ending;
    const limit = startedBefore === undefined ? Number.POSITIVE_INFINITY : this.#view.startedBy(startedBefore);
    const family = new EndingFamily(leader, ending, limit);
    this.#families.add(family);
    if (!this.#isLooking) void this.#lookOn();
    return family.gone;
  }

  async #lookOn(): Promise<void> {
    this.#isLooking = true;
    // Whoever else is to end now is seen by the same look.
    await Promise.resolve();
    while (this.#families.size > 0) {
      const start = performance.now();
      await this.#look();
      if (this.#families.size > 0) await sleep(Math.max(LOOK_MS, LOOK_SHARE * (performance.now() - start)));
    }
    this.#isLooking = false;
  }

  async #look(): Promise<void> {
    // Who comes in while the processes are told may be missing among them.
    const seen = [...this.#families];
    const processes = await this.#read();
    for (const family of seen) if (family.look(processes)) this.#families.delete(family);
  }

  /** Undefined when the system does not tell, for instance because too many files are open. */
  async #read(): Promise<ProcessFamilies | undefined> {
    try {
      return new ProcessFamilies(await this.#view.read());
    } catch {
      return undefined;
    }
  }
}

/** One family on its way out. Whoever was seen once is followed, even when its parents are gone. */
class EndingFamily {
  readonly #leader: number;
  readonly #ending: Ending;
  readonly #limit: number;
  readonly #start = performance.now();
  readonly #known = new Map<number, ProcessRow>();
  readonly #told = new Set<number>();
  readonly #gone = Promise.withResolvers<void>();
  #isFirst = true;

  constructor(leader: number, ending: Ending, limit: number) {
    this.#leader = leader;
    this.#ending = ending;
    this.#limit = limit;
  }

  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  /** Tells those that live to end; true when it is over. */
  look(processes: ProcessFamilies | undefined): boolean {
    const { graceMs } = this.#ending;
    const living = processes && this.#living(processes);
    const since = performance.now() - this.#start;
    const isOver = living?.length === 0 || since > graceMs + KILL_MS;
    if (isOver) this.#gone.resolve();
    else for (const { pid } of living ?? []) this.#tell(pid, since > graceMs);
    return isOver;
  }

  /** Adds newcomers to those known. */
  #living(processes: ProcessFamilies): ProcessRow[] {
    const isSame = ({ pid, startedAt }: ProcessRow) => processes.row(pid)?.startedAt === startedAt;
    for (const row of [...this.#known.values()]) if (!isSame(row)) this.#known.delete(row.pid);
    for (const row of processes.of([this.#leader, ...this.#known.keys()])) {
      // What those who are known start is theirs, however late.
      if (!this.#isFirst || row.startedAt <= this.#limit) this.#known.set(row.pid, row);
    }
    this.#isFirst = false;
    return [...this.#known.values()];
  }

  #tell(pid: number, isLate: boolean): void {
    if (isLate) return send(pid, 'SIGKILL');
    if (this.#told.has(pid)) return;
    this.#told.add(pid);
    send(pid, this.#ending.signal);
    // A process that is stopped would hear of the signal only when somebody lets it go on.
    send(pid, 'SIGCONT');
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself, or is not ours to end.
    return;
  }
}
