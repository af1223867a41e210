import { PortholeError } from '@porthole/protocol';
import { Failure } from './failure.ts';

type Command = (args: string[]) => Promise<number>;

/** What a person does at a hub from elsewhere. Each is loaded when it is asked for. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  login: async () => (await import('./login.ts')).login,
  logout: async () => (await import('./logout.ts')).logout,
  exec: async () => (await import('../exec/exec.ts')).exec,
  shell: async () => (await import('../shell/shell.ts')).shell,
};

/** Runs one command line, the command first. Returns the exit status; what went wrong is one sentence on stderr. */
export async function main(args: string[]): Promise<number> {
  const [name = '', ...rest] = args;
  try {
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!load) throw new Failure(`There is no command '${name}'.`, 2);
    return await (await load())(rest);
  } catch (error) {
    process.stderr.write(`porthole: ${sentenceOf(error)}\n`);
    return error instanceof Failure ? error.status : 1;
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof Failure || error instanceof PortholeError) return error.message;
  return `Something unexpected happened: ${String(error).replaceAll(/\s+/g, ' ')}`;
}
