import { loopback } from '../links/links.ts';
import { measureTrial } from '../measure/trial.ts';
import { WORKLOADS } from '../workloads/workloads.ts';
import { runMatrix } from './matrix.ts';
import type { Suite } from './suite.ts';

/** Glass to glass: from painting on the display to the viewer's canvas, contestants taking turns. */
export const screen: Suite = {
  name: 'screen',
  title: 'Screen, 1920x1080, loopback (latency in ms, CPU of the serving side)',
  run: (bench) => runMatrix(bench, { name: 'screen', links: [loopback], workloads: WORKLOADS, measure: measureTrial }),
};
