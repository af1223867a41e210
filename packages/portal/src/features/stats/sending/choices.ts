/** Choices that are offered; what was chosen elsewhere is offered as well. Times in ms, caps in kB/s (0 is none). */
export const LIVE_PACES = [500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 600_000] as const;
export const RECORD_PACES = [0, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000] as const;
export const PICTURE_PACES = [500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 600_000] as const;
export const PICTURE_WIDTHS = [160, 240, 320, 480, 640, 960, 1_280] as const;
export const FRAME_RATES = [1, 2, 5, 10, 15, 20, 30, 60, 120] as const;
export const BANDWIDTH_CAPS = [0, 100, 250, 500, 1_000, 2_500, 5_000, 10_000] as const;
export const SHRINKS = [1, 2, 3, 4] as const;

/** The choices with `value` among them, in order. */
export function withValue(choices: readonly number[], value: number): number[] {
  return [...new Set([...choices, value])].sort((a, b) => a - b);
}

/** Minutes since midnight as a time field has them: `08:30`. */
export function toClock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** The reverse of `toClock`; undefined for what is no time of the day. */
export function fromClock(text: string): number | undefined {
  const [, hours = '', minutes = ''] = /^(\d{2}):(\d{2})/.exec(text) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  return hours !== '' && Number(hours) < 24 && Number(minutes) < 60 ? minute : undefined;
}
