import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from '../lib/refusal.mjs';

/** What `npm start -- …` was asked for. */
export interface StartOptions {
  /** The hub's data folder; this machine's agent keeps its own below it. */
  data: string;
  /** HOST:PORT for the hub. */
  listen: string;
  publicUrls: string[];
}

const USAGE = 'Usage: npm start -- [--data DIR] [--listen HOST:PORT] [--public-url URL]…';

/** Reads the command line. Throws `Refusal` with the usage on anything unknown. */
export function parseOptions(args: string[], env: NodeJS.ProcessEnv): StartOptions {
  try {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: 'string' },
        listen: { type: 'string' },
        'public-url': { type: 'string', multiple: true },
      },
    });
    return {
      data: resolve(values.data ?? env.PORTHOLE_DATA ?? defaultData(env)),
      listen: values.listen ?? '0.0.0.0:7443',
      publicUrls: values['public-url'] ?? [],
    };
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

/** The freedesktop.org data folder. */
function defaultData(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'porthole');
}
