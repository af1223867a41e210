import { readFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';

/** What proves to an X server that we may connect. Both are byte strings (latin1). */
export interface Cookie {
  name: string;
  data: string;
}

const NO_COOKIE: Cookie = { name: '', data: '' };
const FAMILY_LOCAL = 256;
const FAMILY_WILD = 65_535;

/**
 * The cookie for a display of this machine out of the bytes of an Xauthority file (big endian, counted strings).
 * A file that ends in the middle of an entry gives what came before; no match gives undefined.
 */
export function findCookie(file: Buffer, host: string, displayNumber: string): Cookie | undefined {
  let offset = 0;
  const field = (): Buffer | undefined => {
    if (offset + 2 > file.length) return undefined;
    const start = offset + 2;
    offset = start + file.readUInt16BE(offset);
    return offset <= file.length ? file.subarray(start, offset) : undefined;
  };
  while (offset + 2 <= file.length) {
    const family = file.readUInt16BE(offset);
    offset += 2;
    const [address, display, name, data] = [field(), field(), field(), field()].map((part) => part?.toString('latin1'));
    if (address === undefined || display === undefined || name === undefined || data === undefined) return undefined;
    const ours = family === FAMILY_WILD || (family === FAMILY_LOCAL && address === host);
    if (ours && (display === '' || display === displayNumber)) return { name, data };
  }
  return undefined;
}

/**
 * Reads the cookie for `display` from $XAUTHORITY or ~/.Xauthority. A missing or unreadable file means none: the server
 * decides, and its refusal is the error that people see.
 */
export async function readCookie(display: string): Promise<Cookie> {
  const path = process.env.XAUTHORITY || join(homedir(), '.Xauthority');
  const file = await readFile(path).catch(() => undefined);
  const [, host = '', number = '0'] = /^(?:\w+\/)?(.*):(\d+)/.exec(display) ?? [];
  const local = host === '' || host === 'localhost' ? hostname() : host;
  return (file && findCookie(file, local, number)) ?? NO_COOKIE;
}
