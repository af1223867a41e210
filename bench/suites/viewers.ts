import { setTimeout as sleep } from 'node:timers/promises';
import { WireViewer } from '../../tests/support/wireViewer.ts';
import { PortholeServing, porthole } from '../contestants/porthole.ts';
import { startPainting } from '../measure/painting.ts';
import { median, medianOf } from '../measure/statistics.ts';
import { StripReader } from '../measure/stripReader.ts';
import { box } from '../workloads/box.ts';
import type { Bench, Suite } from './suite.ts';

const SETTLE_MS = 3_000;
const MEASURE_MS = 6_000;
const ACTIVE = 6;
const STALLED = 3;

/** Ten viewers of one device: one in a real browser, six that keep up, three that stopped reading. */
export const viewers: Suite = {
  name: 'viewers',
  title: `One device, box workload: alone against ${1 + ACTIVE + STALLED} viewers of which ${STALLED} are stalled`,
  async run(bench) {
    const runs = [];
    for (let round = 1; round <= bench.rounds; round += 1) {
      bench.say(`viewers: round ${round} of ${bench.rounds}`);
      runs.push(await measure(bench));
    }
    return Object.entries(medianOf(runs)).map(([what, value]) => ({ labels: [what], figures: { value } }));
  },
};

async function measure({ browser, display }: Bench): Promise<Record<string, number>> {
  await using serving = await PortholeServing.start(display);
  const page = await serving.view(browser);
  const reader = await StripReader.install(page, porthole.selector);
  await using _painting = await startPainting(display, box);
  await sleep(SETTLE_MS);
  const solo = await reader.during(() => sleep(MEASURE_MS));
  using crowd = await Crowd.gather(serving);
  await sleep(SETTLE_MS);
  const before = crowd.pictures();
  const together = await reader.during(() => sleep(MEASURE_MS));
  const rates = crowd.pictures().map((count, index) => ((count - (before[index] ?? 0)) / MEASURE_MS) * 1000);
  await page.context().close();
  return {
    'fps alone': solo.fps,
    'fps of the browser among ten': together.fps,
    'fps of the slowest that keeps up': Math.min(...rates),
    'fps of the median that keeps up': median(rates),
    'share of solo, %': (together.fps / solo.fps) * 100,
    'p50 alone, ms': solo.p50,
    'p50 among ten, ms': together.p50,
  };
}

/** The other nine. */
class Crowd implements Disposable {
  readonly #active: WireViewer[];
  readonly #all: DisposableStack;

  private constructor(active: WireViewer[], all: DisposableStack) {
    this.#active = active;
    this.#all = all;
  }

  static async gather(serving: PortholeServing): Promise<Crowd> {
    const all = new DisposableStack();
    const api = all.use(await serving.api());
    const [device] = await api.get<Array<{ id: string }>>('/api/devices');
    const viewers: WireViewer[] = [];
    for (let count = 0; count < ACTIVE + STALLED; count += 1) {
      viewers.push(all.use(await WireViewer.open(api, device?.id ?? '')));
    }
    for (const viewer of viewers.slice(ACTIVE)) viewer.stall();
    return new Crowd(viewers.slice(0, ACTIVE), all);
  }

  /** Pictures that each of those who keep up has seen. */
  pictures(): number[] {
    return this.#active.map((viewer) => viewer.pictures);
  }

  [Symbol.dispose](): void {
    this.#all.dispose();
  }
}
