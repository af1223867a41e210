import { join } from 'node:path';
import { endWithLauncher } from '../lib/endWithLauncher.ts';
import { ROOT } from '../lib/install.mjs';
import { Refusal, runMain } from '../lib/refusal.mjs';
import { checkPortal, runChecks } from './checks.ts';
import { findTests, selectTests } from './files.ts';
import { runTests } from './runTests.ts';
import { Tally } from './tally.ts';

async function main(): Promise<void> {
  const filters = process.argv.slice(2);
  const { checks, unit, wire, e2e } = selectTests(findTests(ROOT), filters);
  if (!checks && unit.length + wire.length + e2e.length === 0)
    throw new Refusal(`No test file fits ${filters.join(' ')}.`);
  // Hundreds of test files are processes that load much the same modules: these are compiled once.
  process.env.NODE_COMPILE_CACHE ??= join(ROOT, 'node_modules', '.cache', 'porthole');
  const tally = new Tally();
  if (e2e.length > 0) checkPortal(tally);
  await Promise.all([checks && runChecks(tally), runTests(unit, { concurrency: 3, minutes: 3 }, tally)]);
  await Promise.all([
    runTests(wire, { concurrency: 2, minutes: 5 }, tally),
    runTests(e2e, { concurrency: 2, minutes: 8 }, tally),
  ]);
  process.stdout.write(`${tally}\n`);
  if (tally.failed > 0) process.exitCode = 1;
}

const finish = endWithLauncher();
await runMain(main);
finish();
