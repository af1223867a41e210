import { texts } from '../../../base/texts.ts';

/** Cores that a process keeps busy, as people read it: 100 % is one of them. */
export function formatCores(cores: number): string {
  const percent = cores * 100;
  const digits = percent >= 99.95 ? 0 : 1;
  return `${percent.toLocaleString(texts.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false })} %`;
}
