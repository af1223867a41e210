import { startXvfb } from '../../tests/support/x11/xvfb.ts';
import { loopback } from '../links/links.ts';
import { measureTrial } from '../measure/trial.ts';
import { paintBackground } from '../workloads/canvas.ts';
import { scroll } from '../workloads/scroll.ts';
import { strip } from '../workloads/strip.ts';
import { typing } from '../workloads/typing.ts';
import { runMatrix } from './matrix.ts';
import type { Bench, Row, Suite } from './suite.ts';

/** A display of 3840x2160 beside one of 1920x1080: what its size costs. */
export const uhd: Suite = {
  name: 'uhd',
  title: 'Displays of 1920x1080 and 3840x2160, loopback (latency in ms, CPU of the serving side)',
  async run(bench) {
    const server = await startXvfb({ width: 3840, height: 2160 });
    try {
      await paintBackground(server.display);
      const [small, large] = [await measure(bench), await measure({ ...bench, display: server.display })];
      return [...mark(small, '1920x1080'), ...mark(large, '3840x2160')];
    } finally {
      await server.close();
    }
  },
};

function measure(bench: Bench): Promise<Row[]> {
  return runMatrix(bench, {
    name: `uhd ${bench.display}`,
    links: [loopback],
    workloads: [strip, typing, scroll],
    measure: measureTrial,
  });
}

function mark(rows: Row[], size: string): Row[] {
  return rows.map((row) => ({ ...row, labels: [size, ...row.labels] }));
}
