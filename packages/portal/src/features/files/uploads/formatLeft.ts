import { texts } from '../../../base/texts.ts';

/** How long something still takes, shortly. */
export function formatLeft(seconds: number): string {
  const { transfers: words } = texts.files;
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  if (seconds < 60) return words.seconds(Math.ceil(seconds));
  if (seconds < 3_600) return words.minutes(Math.ceil(seconds / 60));
  return words.hours(Math.round(seconds / 360) / 10);
}
