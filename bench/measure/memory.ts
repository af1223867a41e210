import { readFileSync, writeFileSync } from 'node:fs';

const FIELDS = { now: 'VmRSS', peak: 'VmHWM' } as const;
/** What Linux is to forget of a process: its highest memory so far. */
const FORGET_PEAK = '5';

/** Memory of a process that is really there, in millions of bytes. */
export function memoryOf(pid: number, what: keyof typeof FIELDS = 'now'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, kibibytes] = new RegExp(`^${FIELDS[what]}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
  return (Number(kibibytes) * 1024) / 1e6;
}

/** From here on, the peak is that of what follows. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, FORGET_PEAK);
}
