import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endWithLauncher } from '../scripts/lib/endWithLauncher.ts';
import { errorText } from '../scripts/lib/errorText.ts';
import { ROOT } from '../scripts/lib/install.mjs';
import { buildPortal } from '../scripts/lib/portal.ts';
import { Refusal, runMain } from '../scripts/lib/refusal.mjs';
import { openBrowser } from '../tests/support/browser.ts';
import { startXvfb } from '../tests/support/x11/xvfb.ts';
import { idle } from './suites/idle.ts';
import { screen } from './suites/screen.ts';
import { start } from './suites/start.ts';
import type { Row, Suite } from './suites/suite.ts';
import { viewers } from './suites/viewers.ts';
import { formatTable } from './table.ts';
import { Canvas } from './workloads/canvas.ts';

const SUITES: readonly Suite[] = [start, idle, screen, viewers];
const RESULTS = join(ROOT, 'bench', 'results');

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '3' } },
  });
  const chosen = positionals.length === 0 ? SUITES : positionals.map(findSuite);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Refusal('--rounds takes a number from 1.');
  buildPortal();
  const server = await startXvfb({ width: 1920, height: 1080 });
  try {
    await paintBackground(server.display);
    await using browser = await openBrowser();
    const say = (text: string) => process.stderr.write(`${text}\n`);
    for (const suite of chosen) show(suite, await suite.run({ browser, display: server.display, rounds, say }), rounds);
  } finally {
    await server.close();
  }
}

/** Something else than black, so that a viewer that shows the display can be told from one that shows nothing yet. */
async function paintBackground(display: string): Promise<void> {
  const canvas = await Canvas.open(display);
  canvas.fill(0x203040, { x: 0, y: 0, width: canvas.width, height: canvas.height });
  await canvas.sync();
  canvas.close();
}

function findSuite(name: string): Suite {
  const suite = SUITES.find((candidate) => candidate.name === name);
  if (suite) return suite;
  throw new Refusal(`There is no benchmark '${name}'; there are ${SUITES.map((each) => each.name).join(', ')}.`);
}

function show({ name, title }: Suite, rows: Row[], rounds: number): void {
  process.stdout.write(`\n${title}, median of ${rounds}\n${formatTable(rows)}\n`);
  mkdirSync(RESULTS, { recursive: true });
  const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  const result = { name, title, at: new Date().toISOString(), rounds, machine, rows };
  writeFileSync(join(RESULTS, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

process.on('uncaughtException', (error) => {
  process.stderr.write(`${errorText(error)}\n`);
  process.exit(1);
});
const finish = endWithLauncher();
await runMain(main);
finish();
