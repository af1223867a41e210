import { bars } from './bars.ts';
import { box } from './box.ts';
import { drag } from './drag.ts';
import { editor } from './editor.ts';
import { film, fullFilm } from './film.ts';
import { scroll } from './scroll.ts';
import { strip } from './strip.ts';
import { typing } from './typing.ts';
import { webBrowser } from './webBrowser.ts';
import type { Workload } from './workload.ts';

/** All that can be painted. */
export const WORKLOADS: readonly Workload[] = [
  strip,
  typing,
  box,
  scroll,
  bars,
  film,
  fullFilm,
  drag,
  editor,
  webBrowser,
];
