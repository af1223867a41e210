import type { ScreenSettings } from '@porthole/protocol';
import { exposeToScripts } from '../../base/scriptAccess.ts';
import type { Quantiles, ScreenMetrics } from './render/latency.ts';
import type { ScreenPhase } from './render/screenNews.ts';
import type { ScreenHost } from './screenHost.ts';

/** The figures of a screen as scripts get them, and as a person copies them. */
export interface ScreenReport {
  /** ISO 8601. */
  at: string;
  phase: ScreenPhase;
  /** Size of the display, in pixels. */
  width: number;
  height: number;
  /** Everything shown is the display's, bit for bit. */
  exact: boolean;
  /** What is in force: own choices over those that the device has for everybody. */
  settings: ScreenSettings;
  /** Codecs of video that this browser decodes. */
  codecs: string[];
  /** Pictures per second over the last 3 s. */
  fps: number;
  /** Thousand bytes per second over the last 3 s. */
  kBps: number;
  /** ms, per stage; the stages of each picture add up to its total. Null while nothing was shown lately. */
  latency: ScreenMetrics['latency'] | null;
  /** Coded bytes and pixels covered by each coder over the last 3 s. */
  coders: ScreenMetrics['coders'] | null;
  /** ms from sending a key to the first picture of a later change, over the last minute; null without keys. */
  keyToPhoton: (Quantiles & { count: number }) | null;
}

declare global {
  interface PortholeScripts {
    /** The figures of the screen that is shown; undefined while none is. */
    screen?(): ScreenReport | undefined;
  }
}

/** The figures of this moment. */
export function reportScreen(host: ScreenHost): ScreenReport {
  const { phase, width, height, exact, codecs, metrics } = host.state.get();
  const { fps = 0, kBps = 0, latency = null, coders = null, keyToPhoton = null } = metrics ?? {};
  const figures = { fps, kBps, latency, coders, keyToPhoton };
  return {
    at: new Date().toISOString(),
    phase,
    width,
    height,
    exact,
    settings: host.preferences.settings.get(),
    codecs,
    ...figures,
  };
}

/** Lets scripts ask at `window.porthole.screen()`, until the returned function is called. */
export function exposeScreen(host: ScreenHost): () => void {
  return exposeToScripts('screen', () => reportScreen(host));
}
