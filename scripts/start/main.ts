import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../lib/install.mjs';
import { buildPortal } from '../lib/portal.ts';
import { runMain } from '../lib/refusal.mjs';
import { needsDesktop, openDesktop } from './desktop.ts';
import { parseOptions, type StartOptions } from './options.ts';
import { Supervised } from './supervised.ts';

const PORTHOLE = join(ROOT, 'node_modules', '.bin', 'porthole');
const READY = /^Porthole is ready: (\S+)/;
const SHOWN = /^(Porthole is ready|Setup code): /;

/** What was started, in order; closed in reverse. */
const running: Array<{ close(): Promise<void> }> = [];
let closing: Promise<void> | undefined;

function shutDown(): Promise<void> {
  closing ??= (async () => {
    for (const part of running.toReversed()) await part.close();
    process.disconnect?.();
  })();
  return closing;
}

/** Registers what `shutDown` has to close; at once when that has begun already. */
function keep<Part extends { close(): Promise<void> }>(part: Part): Part {
  if (closing) void part.close();
  running.push(part);
  return part;
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env);
  buildPortal();
  const ready = Promise.withResolvers<string>();
  const hub = startHub(options, ready.resolve);
  const url = await Promise.race([ready.promise, hub.over.then(() => undefined)]);
  if (url && !closing) await startAgent(options, url);
  const reason = await hub.over;
  if (reason === undefined) return;
  process.stderr.write(`${reason}\n`);
  process.exitCode = 1;
}

function startHub(options: StartOptions, onReady: (url: string) => void): Supervised {
  const urls = options.publicUrls.flatMap((url) => ['--public-url', url]);
  const onLine = (line: string) => {
    if (SHOWN.test(line)) process.stdout.write(`${line}\n`);
    const url = READY.exec(line)?.[1];
    if (url) onReady(url);
  };
  const args = ['hub', '--data', options.data, '--listen', options.listen, ...urls];
  return keep(new Supervised('The hub', { file: PORTHOLE, args, onLine }, (line) => READY.test(line)));
}

async function startAgent(options: StartOptions, url: string): Promise<void> {
  const data = join(options.data, 'agent');
  const desktop = needsDesktop(process.env) ? await openDesktop(join(options.data, 'desktop')) : undefined;
  if (desktop) keep(desktop);
  const token = isEnrolled(data) ? {} : { PORTHOLE_TOKEN: createToken(options.data) };
  const args = ['agent', '--hub', url, '--data', data, '--name', hostname()];
  const program = { file: PORTHOLE, args, env: { ...desktop?.env, ...token } };
  const agent = keep(new Supervised('The agent here', program, (line) => line.startsWith('Connected to ')));
  void agent.over.then((reason) => reason && process.stderr.write(`${reason} The hub keeps running.\n`));
}

/** The agent writes this file once a hub has welcomed it. */
function isEnrolled(data: string): boolean {
  return existsSync(join(data, 'agent.json'));
}

/** The token goes to the agent in its environment: arguments can be read by every user of the machine. */
function createToken(data: string): string {
  return execFileSync(PORTHOLE, ['token', 'create', '--data', data], { encoding: 'utf8' }).trim();
}

for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.on(event, () => void shutDown());
await runMain(main);
await shutDown();
