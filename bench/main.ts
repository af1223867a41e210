import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { endWithLauncher } from '../scripts/lib/endWithLauncher.ts';
import { errorText } from '../scripts/lib/errorText.ts';
import { ROOT } from '../scripts/lib/install.mjs';
import { buildPortal } from '../scripts/lib/portal.ts';
import { runMain } from '../scripts/lib/refusal.mjs';
import { openBrowser } from '../tests/support/browser.ts';
import { startXvfb } from '../tests/support/x11/xvfb.ts';
import { CONTESTANTS } from './contestants/contestants.ts';
import { LINKS } from './links/links.ts';
import { parseOptions, pick, withFamilies } from './options.ts';
import type { Row, Suite } from './suites/suite.ts';
import { SUITES } from './suites/suites.ts';
import { formatTable } from './table.ts';
import { paintBackground } from './workloads/canvas.ts';
import { WORKLOADS } from './workloads/workloads.ts';

async function main(): Promise<void> {
  const options = parseOptions(argv.slice(2));
  const { rounds, sizes } = options;
  const byName = ({ name }: Suite) => name;
  const byId = ({ id }: { id: string }) => id;
  const suites = pick('benchmark', SUITES, withFamilies(options.suites, SUITES.map(byName)), byName);
  const contestants = pick('contestant', CONTESTANTS, options.contestants, byId);
  const wanted = {
    workloads: pick('workload', WORKLOADS, options.workloads, byId).map(byId),
    links: pick('link', LINKS, options.links, byId).map(byId),
  };
  buildPortal();
  const server = await startXvfb({ width: 1920, height: 1080 });
  try {
    await paintBackground(server.display);
    await using browser = await openBrowser();
    for (const suite of suites) {
      const rows = await suite.run({
        browser,
        display: server.display,
        rounds,
        sizes,
        contestants,
        choose: (kind, all) => all.filter(({ id }) => wanted[kind].includes(id)),
        say: (text) => process.stderr.write(`${text}\n`),
      });
      show(suite, rows, { rounds, folder: options.out ?? join(ROOT, 'bench', 'results') });
    }
  } finally {
    await server.close();
  }
}

function show({ name, title }: Suite, rows: Row[], { rounds, folder }: { rounds: number; folder: string }): void {
  process.stdout.write(`\n${title}, median of ${rounds}\n${formatTable(rows)}\n`);
  mkdirSync(folder, { recursive: true });
  const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  const result = { name, title, at: new Date().toISOString(), rounds, machine, rows };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

process.on('uncaughtException', (error) => {
  process.stderr.write(`${errorText(error)}\n`);
  process.exit(1);
});
const finish = endWithLauncher();
await runMain(main);
finish();
