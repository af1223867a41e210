import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { buildHub } from '../app.ts';
import { parseListen, readArguments, required, UsageError } from './options.ts';

const LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];
const PORTAL_DIST = fileURLToPath(new URL('../../../portal/dist', import.meta.url));

/** `porthole hub`: runs until it is told to stop. Returns the exit status. */
export async function runHub(args: string[]): Promise<number> {
  const options = readOptions(args);
  // From the start: whoever reads that the hub is ready may tell it to stop at once.
  const told = toldToStop();
  const hub = await buildHub(options);
  process.stdout.write(`Porthole is ready: ${hub.url}\n`);
  if (hub.setupCode) process.stdout.write(`Setup code: ${hub.setupCode}\n`);
  await told;
  await hub.close();
  return 0;
}

function readOptions(args: string[]) {
  const { values } = readArguments({
    args,
    options: {
      data: { type: 'string' },
      listen: { type: 'string' },
      'public-url': { type: 'string', multiple: true },
      cert: { type: 'string' },
      key: { type: 'string' },
      portal: { type: 'string', default: PORTAL_DIST },
      'log-level': { type: 'string', default: 'warn' },
    },
  });
  return {
    dataDir: required(values.data, '--data DIR'),
    listen: parseListen(required(values.listen, '--listen HOST:PORT')),
    publicUrls: values['public-url'],
    certificate: certificateOption(values.cert, values.key),
    portalDir: resolve(values.portal),
    log: pino({ level: levelOption(values['log-level']) }, pino.destination({ fd: 2, sync: true })),
  };
}

function certificateOption(certFile: string | undefined, keyFile: string | undefined) {
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile };
  if (certFile !== undefined || keyFile !== undefined) throw new UsageError('--cert and --key belong together.');
  return undefined;
}

function levelOption(level: string): string {
  if (!LEVELS.includes(level)) throw new UsageError(`--log-level is one of ${LEVELS.join(', ')}.`);
  return level;
}

/** Resolves at the first signal; another one ends the process at once, as without us. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
