import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type commandAsk, PortholeError } from '@porthole/protocol';
import type * as z from 'zod';
import type { Launch, Programs } from '../../platform/programs/programs.ts';

/** How a command is started, and what has to be removed when it is over. */
export interface CommandLaunch {
  launch: Launch;
  remove(): void;
}

/**
 * What the ask comes down to. A script goes into a file that its account alone may read: its standard input stays free for
 * what the person sends, and its text is in no list of processes. Throws `command.unavailable`.
 */
export function commandLaunch({ what, folder }: z.output<typeof commandAsk>, programs: Programs): CommandLaunch {
  if (what.kind === 'argv') {
    const [program = '', ...args] = what.argv;
    if (program === '') throw new PortholeError('command.unavailable');
    return { launch: programs.program([program, ...args], folder), remove: () => undefined };
  }
  const script = writeScript(what.script, programs);
  try {
    return {
      launch: programs.program([what.interpreter, script.path, ...what.arguments], folder),
      remove: script.remove,
    };
  } catch (error) {
    script.remove();
    throw error;
  }
}

function writeScript(text: string, programs: Programs): { path: string; remove: () => void } {
  const { uid, gid } = programs.account();
  const folder = mkdtempSync(join(tmpdir(), 'porthole-script-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const path = join(folder, randomBytes(6).toString('hex'));
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    if (process.getuid?.() === 0 && uid !== undefined && gid !== undefined) {
      chownSync(path, uid, gid);
      chownSync(folder, uid, gid);
    }
    chmodSync(folder, 0o700);
    return { path, remove };
  } catch {
    remove();
    throw new PortholeError('command.unavailable');
  }
}
