import type { StatsSample } from '@porthole/protocol';
import type { HealthReader, ProcessLoad, ProcessReader, StatsBackend } from './backend.ts';
import { primed } from './primed.ts';
import { topProcesses } from './topProcesses.ts';
import { toSample } from './toSample.ts';

/** Between looks at all processes, in ms; a little less than the quickest pace of a record. */
const TOP_MS = 9_500;

/** A sample, and what ran when processes were last looked at. */
export interface Taken {
  sample: StatsSample;
  running: readonly ProcessLoad[];
}

/** Takes what is recorded. Figures are those since the sample before, so a peak between two shows, and the process that made it. */
export class SampleTaker {
  readonly #read: HealthReader['read'];
  readonly #processes: ProcessReader;
  #running: readonly ProcessLoad[] = [];
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(backend: StatsBackend) {
    const health = backend.health();
    this.#read = primed(() => health.read(), Number.POSITIVE_INFINITY);
    this.#processes = backend.processes();
  }

  async take(): Promise<Taken> {
    const sample = toSample(await this.#read());
    const now = performance.now();
    if (now - this.#lookedAt < TOP_MS) return { sample, running: this.#running };
    this.#lookedAt = now;
    this.#running = await this.#processes.loads();
    return { sample: { ...sample, top: topProcesses(this.#running) }, running: this.#running };
  }
}
