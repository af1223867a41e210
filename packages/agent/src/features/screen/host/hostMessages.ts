/** Control messages between the agent and its screen process. Bytes travel beside them, addressed by channel or group. */
export type ToScreenHost =
  /** A viewer: its channel, the group of those who see the same, and what that is; see `ScreenParams`. */
  | { type: 'join'; channel: number; group: number; monitor: string; shrink: number }
  | { type: 'leave'; channel: number }
  | { type: 'lagged'; channel: number }
  /** One small picture of the whole display; answered by data for target `request`, empty when there is no display. */
  | { type: 'still'; request: number; maxWidth: number };

export type FromScreenHost =
  | { type: 'display'; state: 'ok' | 'missing' | 'lost'; reason: string }
  /** The viewer gets what its group gets from here on; null: only what is meant for it alone. */
  | { type: 'group'; channel: number; group: number | null };

/** Targets with this bit answer a `still`; it is above every channel and below every group. */
export const STILL_BIT = 0x4000_0000;
