import type { ScreenTarget } from './screenClient.ts';

/** Page to worker; what comes back is `ScreenNews`. */
export type ToWorker =
  | { type: 'start'; target: ScreenTarget }
  | { type: 'painted'; seq: number; paintMs: number }
  | { type: 'select'; monitor: string }
  | { type: 'pause'; paused: boolean }
  | { type: 'retry' }
  | { type: 'close' };
