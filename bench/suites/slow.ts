import { link5, link20 } from '../links/links.ts';
import { measureTrial } from '../measure/trial.ts';
import { bars } from '../workloads/bars.ts';
import { film, fullFilm } from '../workloads/film.ts';
import { scroll } from '../workloads/scroll.ts';
import { typing } from '../workloads/typing.ts';
import { runMatrix } from './matrix.ts';
import type { Suite } from './suite.ts';

/** The same over lines of limited rate. */
export const slow: Suite = {
  name: 'slow',
  title: 'Screen, 1920x1080, slow links (latency in ms, CPU of the serving side)',
  run: (bench) =>
    runMatrix(bench, {
      name: 'slow',
      links: [link20, link5],
      workloads: [typing, scroll, bars, film, fullFilm],
      measure: measureTrial,
    }),
};
