import type { ErrorCode, ScreenSettings, ScreenState } from '@porthole/protocol';
import type { ScreenMetrics } from './latency.ts';
import type { Picture } from './pictureQueue.ts';

export type { ScreenSettings } from '@porthole/protocol';

export type ScreenPhase = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'display-missing' | 'off' | 'refused';

/**
 * What the client tells whoever shows the screen. Every picture is answered by `painted`. Steps are in pixels of the
 * shrunk picture. `codecs` are those of video that this browser decodes.
 */
export type ScreenNews =
  | ({ type: 'picture'; shrink: number } & Picture)
  | { type: 'codecs'; codecs: string[] }
  | { type: 'phase'; phase: ScreenPhase; error?: { code: ErrorCode; message: string } }
  | { type: 'state'; state: ScreenState }
  | { type: 'metrics'; metrics: ScreenMetrics | null }
  | { type: 'cursor'; width: number; height: number; hotX: number; hotY: number; rgba: Uint8Array }
  | { type: 'pointer'; x: number; y: number };

export interface ScreenTarget {
  /** Origin of the hub, `https://host:port`. */
  origin: string;
  deviceId: string;
  /** The page's name at the hub. */
  viewer: string;
  monitor: string;
  settings: ScreenSettings;
}
