import { setTimeout as sleep } from 'node:timers/promises';
import { WireViewer } from '../../tests/support/wireViewer.ts';
import { PortholeServing, porthole } from '../contestants/porthole.ts';
import { cpuBetween, cpuSeconds } from '../measure/cpu.ts';
import { startPainting } from '../measure/painting.ts';
import { median, medianOf } from '../measure/statistics.ts';
import { StripReader } from '../measure/stripReader.ts';
import { box } from '../workloads/box.ts';
import type { Bench, Figures, Suite } from './suite.ts';

const SETTLE_MS = 3_000;
const MEASURE_MS = 6_000;
/** Who joins the browser, one crowd after the other. */
const FEW: CrowdSize = { active: 3, stalled: 0 };
const MANY: CrowdSize = { active: 6, stalled: 3 };

/** Viewers of one device: one in a real browser alone, then four that keep up, then ten of which three stopped reading. */
export const viewers: Suite = {
  name: 'viewers',
  title: `One device, box workload: alone, four viewers, and ten of which ${MANY.stalled} are stalled (CPU in % of one core)`,
  async run(bench) {
    const runs = [];
    for (let round = 1; round <= bench.rounds; round += 1) {
      bench.say(`viewers: round ${round} of ${bench.rounds}`);
      runs.push(await measure(bench));
    }
    return Object.entries(medianOf(runs)).map(([what, value]) => ({ labels: [what], figures: { value } }));
  },
};

async function measure({ browser, display }: Bench): Promise<Figures> {
  await using serving = await PortholeServing.start(display);
  const page = await serving.view(browser);
  const reader = await StripReader.install(page, porthole.selector);
  await using _painting = await startPainting(display, box);
  await sleep(SETTLE_MS);
  const stand = { serving, reader };
  const alone = await observe(stand);
  const four = await observe(stand, FEW);
  const ten = await observe(stand, MANY);
  // Once more, so that a machine that gets slower or faster meanwhile does not pass for the cost of viewers.
  const aloneAgain = await observe(stand);
  await page.context().close();
  return compare({ alone: meanOf(alone, aloneAgain), four, ten, drift: aloneAgain.fps / alone.fps });
}

interface Observations {
  alone: Observation;
  four: Observation;
  ten: Observation;
  /** Pictures a second alone in the end, to those in the beginning. */
  drift: number;
}

function compare({ alone, four, ten, drift }: Observations): Figures {
  return {
    ...figuresOf('alone', alone),
    'alone in the end to the beginning, %': drift * 100,
    ...figuresOf('of four', four),
    'agent per picture, four to alone, %': (four.agentMs / alone.agentMs) * 100,
    'share of solo of four, %': (four.fps / alone.fps) * 100,
    ...figuresOf('of ten', ten),
    'share of solo of ten, %': (ten.fps / alone.fps) * 100,
    'fps of the slowest of ten that keeps up': Math.min(...ten.rates),
    'fps of the median of ten that keeps up': median(ten.rates),
  };
}

function figuresOf(who: string, { fps, p50, agentMs, hubMs, hubShare }: Observation): Figures {
  return {
    [`fps ${who}`]: fps,
    [`p50 ${who}, ms`]: p50,
    [`agent ${who}, CPU ms per picture`]: agentMs,
    [`hub ${who}, CPU ms per picture`]: hubMs,
    [`hub ${who}, %`]: hubShare,
  };
}

function meanOf(a: Observation, b: Observation): Observation {
  const mean = (of: (one: Observation) => number) => (of(a) + of(b)) / 2;
  return {
    fps: mean(({ fps }) => fps),
    p50: mean(({ p50 }) => p50),
    rates: a.rates,
    agentMs: mean(({ agentMs }) => agentMs),
    hubMs: mean(({ hubMs }) => hubMs),
    hubShare: mean(({ hubShare }) => hubShare),
  };
}

interface Observation {
  /** Of the browser. */
  fps: number;
  p50: number;
  /** Pictures a second of each in the crowd that keeps up. */
  rates: number[];
  /** CPU time for each picture that the browser saw. */
  agentMs: number;
  hubMs: number;
  /** Percent of one core. */
  hubShare: number;
}

async function observe(
  { serving, reader }: Observer,
  size: CrowdSize = { active: 0, stalled: 0 },
): Promise<Observation> {
  using crowd = await Crowd.gather(serving, size);
  await sleep(SETTLE_MS);
  const [seen, before] = [crowd.pictures(), cpuSeconds(serving.processes)];
  const { fps, p50 } = await reader.during(() => sleep(MEASURE_MS));
  const used = cpuBetween(before, cpuSeconds(serving.processes));
  const rates = crowd.pictures().map((count, index) => ((count - (seen[index] ?? 0)) / MEASURE_MS) * 1000);
  const { hub = Number.NaN, agent = Number.NaN } = used;
  const pictures = (fps * MEASURE_MS) / 1000;
  const hubShare = (hub / MEASURE_MS) * 1000 * 100;
  return { fps, p50, rates, agentMs: (agent * 1000) / pictures, hubMs: (hub * 1000) / pictures, hubShare };
}

interface Observer {
  serving: PortholeServing;
  reader: StripReader;
}

interface CrowdSize {
  active: number;
  stalled: number;
}

/** Those beside the browser. */
class Crowd implements Disposable {
  readonly #active: WireViewer[];
  readonly #all: DisposableStack;

  private constructor(active: WireViewer[], all: DisposableStack) {
    this.#active = active;
    this.#all = all;
  }

  static async gather(serving: PortholeServing, { active, stalled }: CrowdSize): Promise<Crowd> {
    const all = new DisposableStack();
    const api = all.use(await serving.api());
    const [device] = await api.get<Array<{ id: string }>>('/api/devices');
    const viewers: WireViewer[] = [];
    for (let count = 0; count < active + stalled; count += 1) {
      viewers.push(all.use(await WireViewer.open(api, device?.id ?? '')));
    }
    for (const viewer of viewers.slice(active)) viewer.stall();
    return new Crowd(viewers.slice(0, active), all);
  }

  /** Pictures that each of those who keep up has seen. */
  pictures(): number[] {
    return this.#active.map((viewer) => viewer.pictures);
  }

  [Symbol.dispose](): void {
    this.#all.dispose();
  }
}
