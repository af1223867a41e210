import { type Logger, pino } from 'pino';

/** A log, and the lines that were written to it. */
export function logLines(): { log: Logger; lines: { level: number; msg: string }[] } {
  const lines: { level: number; msg: string }[] = [];
  return { log: pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line)) }), lines };
}
