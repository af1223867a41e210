/** Control messages between the agent and its screen process. Bytes travel beside them, addressed by channel or group. */
export type ToScreenHost =
  /** A viewer: its channel, the group of those who see the same, and what that is; see `ScreenParams`. */
  | { type: 'join'; channel: number; viewer: string; group: number; monitor: string; shrink: number }
  | { type: 'leave'; channel: number }
  | { type: 'lagged'; channel: number }
  /** This viewer has pointer and keys from here on; null: nobody. */
  | { type: 'control'; viewer: string | null }
  /** One small picture of the whole display; answered by data for target `request`, empty when there is no display. */
  | { type: 'still'; request: number; maxWidth: number }
  /** Video is coded by software alone from here on: the hardware's driver may have ended the process before. */
  | { type: 'softwareOnly' };

export type FromScreenHost =
  | { type: 'display'; state: 'ok' | 'missing' | 'lost'; reason: string }
  /** The viewer gets what its group gets from here on; null: only what is meant for it alone. */
  | { type: 'group'; channel: number; group: number | null }
  /** An encoder of video is in use from here on, from before it is opened; or none is any more. */
  | { type: 'video'; isInUse: boolean }
  /** A coder is not to be had and others take its place; why, in one sentence. */
  | { type: 'trouble'; reason: string };

/** Targets with this bit answer a `still`; it is above every channel and below every group. */
export const STILL_BIT = 0x4000_0000;
