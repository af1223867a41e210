import { ROOT } from '../lib/install.mjs';
import { Refusal, runMain } from '../lib/refusal.mjs';
import { checkPortal, runChecks } from './checks.ts';
import { findTests, selectTests } from './files.ts';
import { runTests } from './runTests.ts';
import { Tally } from './tally.ts';

async function main(): Promise<void> {
  const filters = process.argv.slice(2);
  const { checks, unit, e2e } = selectTests(findTests(ROOT), filters);
  if (!checks && unit.length + e2e.length === 0) throw new Refusal(`No test file fits ${filters.join(' ')}.`);
  const tally = new Tally();
  if (checks) runChecks(tally);
  if (e2e.length > 0) checkPortal(tally);
  await runTests(unit, 2, tally);
  await runTests(e2e, 1, tally);
  process.stdout.write(`${tally}\n`);
  if (tally.failed > 0) process.exitCode = 1;
}

process.on('disconnect', () => process.exit(1));
process.on('SIGTERM', () => process.exit(1));
await runMain(main);
process.disconnect?.();
