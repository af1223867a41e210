import { link5, loopback } from '../links/links.ts';
import { measureExact } from '../measure/trial.ts';
import { WORKLOADS } from '../workloads/workloads.ts';
import { runMatrix } from './matrix.ts';
import type { Suite } from './suite.ts';

/** From the display's last change until every pixel is right. */
export const exact: Suite = {
  name: 'exact',
  title:
    'Time until the picture is exact after the last change (ms; – is not within 5 s on loopback, 10 s on 5 Mbit/s)',
  run: (bench) =>
    runMatrix(bench, {
      name: 'exact',
      links: [loopback, link5],
      workloads: WORKLOADS,
      measure: (stand, _reader, workload) => measureExact(stand, workload),
    }),
};
