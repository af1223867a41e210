import type { Counters } from '../../rates.ts';

/** The kernel counts in these, whatever the drive has. */
const SECTOR = 512;

/** Bytes read, bytes written and ms busy of each block device, out of the text of `/proc/diskstats`. */
export function parseDiskCounters(text: string): Counters {
  return new Map(
    text.split('\n').flatMap((line) => {
      const fields = line.trim().split(/\s+/);
      const numbers = [Number(fields[5]) * SECTOR, Number(fields[9]) * SECTOR, Number(fields[12])];
      const name = fields[2];
      return name && numbers.every(Number.isFinite) ? [[name, numbers] as const] : [];
    }),
  );
}

/** Bytes received and sent by each interface, out of the text of `/proc/net/dev`. */
export function parseNetworkCounters(text: string): Counters {
  return new Map(
    text.split('\n').flatMap((line) => {
      // A name may hold a colon, the alias of an old kind of address.
      const end = line.lastIndexOf(':');
      const name = line.slice(0, Math.max(0, end)).trim();
      const fields = line
        .slice(end + 1)
        .trim()
        .split(/\s+/);
      const numbers = [Number(fields[0]), Number(fields[8])];
      return name && numbers.every(Number.isFinite) ? [[name, numbers] as const] : [];
    }),
  );
}
