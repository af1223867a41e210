import { formatSize } from '../../base/format.ts';

/** Bytes per second, down to single ones: a device at rest sends few. */
export function formatBytesRate(bytes: number): string {
  return `${formatSize(Math.round(bytes))}/s`;
}
