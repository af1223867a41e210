/** Bounds that all programs share. Sizes in bytes, times in milliseconds. */
export const LIMITS = {
  /** One control message (JSON text). */
  control: 64 * 1024,
  /** Payload of one data frame. */
  dataPayload: 256 * 1024,
  /** What may be on its way to one viewer of a lossy channel before it is skipped. */
  lossyWindow: 960 * 1024,
  /** What a device means to put into one picture on such a channel at most; one piece more may slip in. */
  lossyBurst: 256 * 1024,
  /** Initial byte credit of a reliable channel, per direction, where its feature says nothing else. */
  reliableWindow: 256 * 1024,
  /** Channels open at once on one connection. */
  channelsPerLink: 64,
  ticketMs: 30_000,
  grantMs: 30_000,
  /** Two misses and the tick that notices them stay below 15 s. */
  pingMs: 4_500,
  /** Unanswered pings after which the other side counts as gone. */
  pingMisses: 2,
  firstMessageMs: 5_000,
  requestMs: 10_000,
} as const;
