import { box } from './box.ts';
import { scroll } from './scroll.ts';
import { strip } from './strip.ts';
import type { Workload } from './workload.ts';

/** All that can be painted, by name. */
export const WORKLOADS: readonly Workload[] = [strip, box, scroll];
