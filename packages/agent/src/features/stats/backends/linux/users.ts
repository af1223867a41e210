import { readFileSync } from 'node:fs';
import type { SystemFiles } from './systemFiles.ts';

const SESSIONS = 'run/systemd/sessions';
const UTMP = ['/run/utmp', '/var/run/utmp'];
const USER_PROCESS = 7;
/** Bytes of a record: most architectures keep the one of 32 bits, some have a wider time. */
const RECORDS = [384, 400];
const USER_AT = 44;
const USER_LENGTH = 32;
const MAX_USERS = 64;

/** Names of those who are logged in, each once. */
export function findUsers(files: SystemFiles): string[] {
  const sessions = files.list(SESSIONS).flatMap((id) => sessionUser(files.now(`${SESSIONS}/${id}`) ?? '') ?? []);
  const names = [...sessions, ...UTMP.flatMap((path) => readUtmp(path))];
  return [...new Set(names)].sort().slice(0, MAX_USERS);
}

/** Whose session it is, by the file of the log-in manager; undefined when it ends, or is of the system itself. */
export function sessionUser(text: string): string | undefined {
  const fields = new Map([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, key = '', value = '']) => [key, value]));
  const isUser = fields.get('CLASS') === 'user' && fields.get('STATE') !== 'closing';
  return isUser ? fields.get('USER')?.slice(0, 256) || undefined : undefined;
}

/** Names in the records of log-ins whose process lives; a file of another form tells nothing. */
export function parseUtmp(bytes: Buffer, isAlive: (pid: number) => boolean): string[] {
  const size = RECORDS.find((record) => bytes.length % record === 0);
  const names: string[] = [];
  for (let at = 0; size !== undefined && at + size <= bytes.length; at += size) {
    if (bytes.readInt16LE(at) !== USER_PROCESS || !isAlive(bytes.readInt32LE(at + 4))) continue;
    const name = bytes.subarray(at + USER_AT, at + USER_AT + USER_LENGTH);
    const end = name.indexOf(0);
    names.push(name.toString('utf8', 0, end < 0 ? USER_LENGTH : end));
  }
  return names.filter((name) => name !== '');
}

function readUtmp(path: string): string[] {
  try {
    return parseUtmp(readFileSync(path), isThere);
  } catch {
    return [];
  }
}

function isThere(pid: number): boolean {
  try {
    readFileSync(`/proc/${pid}/stat`);
    return true;
  } catch {
    return false;
  }
}
