import { constants } from 'node:os';

/** What Node has no names for, by its negative number: what quotas and network drives say, for instance. */
const NAMES = new Map(Object.entries(constants.errno).map(([name, number]) => [-number, name]));

/** The system's name of an error, such as `ENOENT`; '' when it has none. */
export function errnoOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code, errno } = error as NodeJS.ErrnoException;
  if (code !== undefined && /^E[A-Z0-9]+$/.test(code)) return code;
  return (errno !== undefined && NAMES.get(errno)) || '';
}
