import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { PortholeError } from '@porthole/protocol';
import { pino } from 'pino';
import { Agent } from './agent.ts';
import { AgentFailure } from './base/privateFile.ts';

const USAGE = 'Usage: porthole agent --hub URL --token TOKEN --data DIR [--name NAME] [--display :N]';

const OPTIONS = {
  hub: { type: 'string' },
  token: { type: 'string' },
  data: { type: 'string' },
  name: { type: 'string' },
  display: { type: 'string' },
  'log-level': { type: 'string', default: 'warn' },
} as const;

/**
 * Runs `porthole agent …` until a signal or a final refusal; resolves to the exit status. `args` is the whole command line,
 * the command first. Everything but the line that says it is connected goes to stderr.
 */
export async function main([, ...args]: string[]): Promise<number> {
  const values = parse(args);
  if (!values?.data) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const ended = Promise.withResolvers<number>();
  const fail = (sentence: string) => {
    process.stderr.write(`${sentence}\n`);
    ended.resolve(1);
  };
  const agent = create(values.data, values, fail);
  if (!agent) return ended.promise;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => ended.resolve(signal === 'SIGHUP' ? 128 + constants.signals.SIGHUP : 0));
  }
  agent.start();
  const status = await ended.promise;
  await agent.close();
  return status;
}

type Values = NonNullable<ReturnType<typeof parse>>;

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

function create(folder: string, values: Values, failed: (sentence: string) => void): Agent | undefined {
  const log = pino({ level: values['log-level'] }, pino.destination(2));
  try {
    return new Agent({
      folder,
      log,
      hub: values.hub,
      // Kept out of the argument list by callers that can: arguments are visible to everybody on the machine.
      token: values.token ?? process.env.PORTHOLE_TOKEN,
      name: values.name,
      display: values.display,
      connected: (url, name) => process.stdout.write(`Connected to ${url} as ${name}\n`),
      trouble: (sentence) => process.stderr.write(`${sentence}\n`),
      failed,
    });
  } catch (error) {
    if (!(error instanceof AgentFailure || error instanceof PortholeError)) throw error;
    failed(error.message);
    return undefined;
  }
}
