import type { LinkPhase } from '../../base/link.ts';
import type { ScreenSnapshot } from './screenSession.ts';

/** What stands over the picture, or in its place; undefined while it is simply live. */
export type ScreenNotice = Exclude<ScreenSnapshot['phase'], 'live'> | undefined;

export interface ScreenSituation {
  phase: ScreenSnapshot['phase'];
  online: boolean;
  /** The toggle of the screen on the device. */
  on: boolean;
  link: LinkPhase;
}

/**
 * The one thing to say. What the device list knows for sure comes before what the stream believes, and a lost
 * connection before both: without it the list may be old.
 */
export function screenNotice({ phase, online, on, link }: ScreenSituation): ScreenNotice {
  if (link !== 'open') return 'reconnecting';
  if (!online) return 'offline';
  if (!on) return 'off';
  // The list says that the device is there and sending: the stream will find out in a moment.
  if (phase === 'offline' || phase === 'off') return 'connecting';
  return phase === 'live' ? undefined : phase;
}
