import * as z from 'zod';

const minuteOfDay = z.number().int().min(0).max(1_439);

/** What a device sends by itself, and how often. Times in ms unless said otherwise. */
export const sendingSettings = z.strictObject({
  /** Between live samples of its health. */
  statsMs: z.number().int().min(500).max(600_000),
  /** Between samples for its history while nobody looks; 0 records nothing then. */
  recordMs: z.union([z.literal(0), z.number().int().min(10_000).max(3_600_000)]),
  /** Between looks at whether the small picture changed. */
  thumbnailMs: z.number().int().min(500).max(600_000),
  /** Width of the small picture at most, in pixels. */
  thumbnailWidth: z.number().int().min(160).max(1_280),
  /** Live feeds only while somebody watches. */
  onlyWatched: z.boolean(),
  /** The part of the day, by the device's clock, in which it sends live feeds at all, in minutes since midnight; `to` before `from` goes over midnight. */
  hours: z.strictObject({ from: minuteOfDay, to: minuteOfDay }).nullable(),
});
export type SendingSettings = z.infer<typeof sendingSettings>;

/** What holds while nobody has set anything. */
export const DEFAULT_SENDING_SETTINGS: SendingSettings = {
  statsMs: 1_000,
  recordMs: 60_000,
  thumbnailMs: 2_000,
  thumbnailWidth: 480,
  onlyWatched: true,
  hours: null,
};
