import { startHub } from '../../tests/support/hub.ts';
import { TempDir } from '../../tests/support/tempDir.ts';
import { medianOf } from '../measure/statistics.ts';
import type { Suite } from './suite.ts';

/** From starting the hub until it accepts connections: the very first time (keys are made), and again. */
export const start: Suite = {
  name: 'start',
  title: 'Start of the hub until it is ready (ms)',
  async run({ rounds, say }) {
    const runs = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`start: round ${round} of ${rounds}`);
      using data = new TempDir();
      runs.push({ 'first start': await time(data.path), 'later start': await time(data.path) });
    }
    return Object.entries(medianOf(runs)).map(([what, value]) => ({ labels: [what], figures: { ms: value } }));
  },
};

async function time(data: string): Promise<number> {
  const before = performance.now();
  await using hub = await startHub({ data });
  const ready = performance.now() - before;
  return hub.url ? ready : Number.NaN;
}
