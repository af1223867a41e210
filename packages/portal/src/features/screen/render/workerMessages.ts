import type { Painted } from './screenMeter.ts';
import type { ScreenSettings, ScreenTarget } from './screenNews.ts';

/** Page to worker; what comes back is `ScreenNews`. Moments are in ms since 1970, with fractions. */
export type ToWorker =
  | { type: 'start'; target: ScreenTarget }
  | ({ type: 'painted' } & Painted)
  | { type: 'keySent'; at: number }
  | { type: 'select'; monitor: string }
  | { type: 'settings'; settings: ScreenSettings }
  | { type: 'pause'; paused: boolean }
  | { type: 'retry' }
  | { type: 'close' };
