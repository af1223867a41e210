import { perLocale } from './perLocale.ts';
import { texts } from './texts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const dates = (options: Intl.DateTimeFormatOptions) => perLocale((locale) => new Intl.DateTimeFormat(locale, options));

const clock = dates({ hour: '2-digit', minute: '2-digit' });
const dayAndClock = dates({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const full = dates({ dateStyle: 'full', timeStyle: 'medium' });

/** How long ago, shortly: `just now`, `5 min`, `3 h`, `2 days`. Times in ms since 1970; a future `at` (clock skew) counts as now. */
export function formatAgo(at: number, now: number): string {
  const age = now - at;
  if (!(age >= MINUTE)) return texts.time.now;
  if (age < HOUR) return texts.time.minutes(Math.floor(age / MINUTE));
  if (age < DAY) return texts.time.hours(Math.floor(age / HOUR));
  return texts.time.days(Math.floor(age / DAY));
}

/** The moment itself, as short as it stays clear: `14:02` within a day, otherwise `3 Mar, 14:02`. */
export function formatMoment(at: number, now: number): string {
  if (!isTime(at)) return texts.time.unknown;
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return (sameDay ? clock : dayAndClock)().format(at);
}

/** The exact moment, for a tooltip. */
export function formatExact(at: number): string {
  return isTime(at) ? full().format(at) : texts.time.unknown;
}

function isTime(at: number): boolean {
  return !Number.isNaN(new Date(at).getTime());
}

const numbers = perLocale((locale) =>
  [0, 1, 2].map(
    (digits) =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        useGrouping: false,
      }),
  ),
);

/** A number with so many digits behind the point, as the language writes that: `4.20`, `4,20`. */
export function formatNumber(value: number, digits: 0 | 1 | 2 = 0): string {
  return numbers()[digits]?.format(value) ?? String(value);
}

const IEC = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Memory in IEC units with three significant figures: `7.68 GiB`. */
export function formatMemory(bytes: number): string {
  return formatUnit(bytes, 1024, IEC);
}

function formatUnit(amount: number, base: number, units: readonly string[]): string {
  if (!Number.isFinite(amount) || amount < 0) return '–';
  let value = amount;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${formatNumber(value, digits)} ${units[unit]}`;
}

/** `0..1` as `7 %`. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${Math.round(Math.min(1, Math.max(0, share)) * 100)} %` : '–';
}

/** Milliseconds as `4.2 ms` below 10 and `24 ms` above. */
export function formatMs(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  return `${formatNumber(ms, ms < 9.95 ? 1 : 0)} ms`;
}

/** A rate given in kB/s: `85 kB/s`, `2.9 MB/s`. */
export function formatRate(kBps: number): string {
  return `${formatUnit(Math.round(kBps) * 1000, 1000, ['B', 'kB', 'MB', 'GB'])}/s`;
}

const SI = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** What a file or a drive holds, in SI units as drives are sold: `4.20 MB`. */
export function formatSize(bytes: number): string {
  return formatUnit(bytes, 1000, SI);
}

const stamp = dates({ day: '2-digit', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** A date and time of one width, for columns: `03 Mar 2026, 14:02`. */
export function formatStamp(at: number): string {
  return isTime(at) ? stamp().format(at) : texts.time.unknown;
}

const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u115f\u1160\u3164\uffa0\u2800]/gu;
const STACKED = /(\p{M}{3})\p{M}+/gu;

/**
 * Text from a device as plain, harmless text: control, bidirectional, invisible and lone surrogate characters are shown
 * as `\u{202e}`, towers of combining marks are cut, and at most `limit` characters stay.
 */
export function visibleText(text: string, limit = 255): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return cut
    .replace(STACKED, '$1')
    .replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`);
}

/** One or two letters that stand for a user. */
export function initials(user: string): string {
  const parts = visibleText(user, 64)
    .split(/[\s._@-]+/u)
    .filter((part) => part !== '');
  const letters = parts.slice(0, 2).map((part) => [...part][0] ?? '');
  return letters.join('').toUpperCase() || '?';
}
