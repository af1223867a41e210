import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PRIVATE_MARK } from '@porthole/protocol';

/** An error whose message is one clear sentence for the person who started the agent. */
export class AgentFailure extends Error {
  override readonly name = 'AgentFailure';
}

/** Creates the folder (mode 0700) and marks it as private, or refuses one that others may look into. */
export function openPrivateFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    refuseWide(path);
    closeSync(openSync(join(path, PRIVATE_MARK), 'a', 0o600));
  } catch (error) {
    if (error instanceof AgentFailure) throw error;
    throw new AgentFailure(`The data folder ${path} cannot be used: ${reason(error)}`);
  }
}

/** The text of a file that only its owner may read; undefined when there is none. */
export function readPrivateFile(path: string): string | undefined {
  try {
    refuseWide(path);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof AgentFailure) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new AgentFailure(`${path} cannot be read: ${reason(error)}`);
  }
}

/** Replaces the file as a whole (mode 0600): after a crash it holds either the old text or the new one. */
export function writePrivateFile(path: string, text: string): void {
  const temporary = `${path}.new`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function refuseWide(path: string): void {
  if ((statSync(path).mode & 0o077) === 0) return;
  throw new AgentFailure(`${path} may be read by others; run: chmod go-rwx '${path}'`);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
