import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { errnoOf, Failure } from './failure.ts';
import type { Pin } from './pin.ts';

/** Somebody signed in at a hub. `cookie` is a secret: it never goes into arguments, logs or messages. */
export interface Signed {
  /** Origin of the hub, such as `https://hub.lan:7443`. */
  hub: string;
  user: string;
  cookie: string;
  pin: Pin;
}

/** Where the token is kept, unless `--token-file` or `PORTHOLE_TOKEN_FILE` say otherwise. */
export function tokenPath(option: string | undefined): string {
  const given = option ?? process.env.PORTHOLE_TOKEN_FILE;
  const config = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
  return resolve(given ?? join(config, 'porthole', 'session.json'));
}

/** Nobody else can read it, and it is there whole or not at all. Throws `Failure`. */
export function writeToken(path: string, signed: Signed): void {
  const folder = dirname(path);
  const fresh = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(fresh, `${JSON.stringify(signed)}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(fresh, 0o600);
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw new Failure(`The token file ${path} cannot be written (${errnoOf(error) || String(error)}).`);
  }
}

/** Throws `Failure` when nobody is signed in, or when others may read the file. */
export function readToken(path: string): Signed {
  try {
    if ((statSync(path).mode & 0o077) !== 0) {
      throw new Failure(`Others may read the token file ${path}; run 'chmod 600' on it, or sign in again.`);
    }
    return parse(path, readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (errnoOf(error) === 'ENOENT') throw new Failure("You are not signed in; use 'porthole login'.");
    throw new Failure(`The token file ${path} cannot be read (${errnoOf(error) || 'unknown reason'}).`);
  }
}

export function removeToken(path: string): void {
  rmSync(path, { force: true });
}

function parse(path: string, text: string): Signed {
  const signed: unknown = parseJson(text);
  if (!isSigned(signed)) throw new Failure(`${path} is no token file; use 'porthole login'.`);
  return signed;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSigned(value: unknown): value is Signed {
  if (value === null || typeof value !== 'object') return false;
  const { hub, user, cookie, pin } = value as Record<keyof Signed, unknown>;
  const texts = typeof hub === 'string' && typeof user === 'string' && typeof cookie === 'string';
  return texts && pin !== null && typeof pin === 'object' && 'certificate' in pin && 'kind' in pin;
}
