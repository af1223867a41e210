import { PortholeError } from '@porthole/protocol';
import { StorageError } from './base/db/storageError.ts';
import { Failure } from './base/failure.ts';
import { UsageError } from './commands/options.ts';

/** The commands of the hub. Each is loaded when it is asked for, since some need little. */
const COMMANDS: Record<string, () => Promise<(args: string[]) => Promise<number>>> = {
  hub: async () => (await import('./commands/hub.ts')).runHub,
  user: async () => (await import('./commands/user.ts')).runUser,
  audit: async () => (await import('./commands/audit.ts')).runAudit,
  token: async () => (await import('./commands/token.ts')).runToken,
};

/**
 * Runs one command line, the command first. Returns the exit status: 1 when it failed and 2 when it was used wrongly, each
 * with one sentence on stderr.
 */
export async function main(args: string[]): Promise<number> {
  const [name = '', ...rest] = args;
  try {
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!load) throw new UsageError(`Use one of the commands ${Object.keys(COMMANDS).join(', ')}.`);
    const run = await load();
    return await run(rest);
  } catch (error) {
    process.stderr.write(`porthole: ${sentenceOf(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** Whatever happened, one line. */
function sentenceOf(error: unknown): string {
  if (error instanceof StorageError) return `The database cannot be used: ${error.reason}.`;
  if (error instanceof UsageError || error instanceof Failure || error instanceof PortholeError) return error.message;
  return `Something unexpected happened: ${String(error).replaceAll(/\s+/g, ' ')}`;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
