import { texts } from '../../../base/texts.ts';

/** So many minutes, as people say it: `1 h 05 min`. */
export function formatMinutes(minutes: number): string {
  const whole = Math.round(minutes);
  return whole < 60
    ? texts.health.minutes(whole)
    : texts.health.hoursMinutes(Math.floor(whole / 60), String(whole % 60).padStart(2, '0'));
}
