import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/install.mjs';
import { buildPortal } from '../lib/portal.ts';
import { Refusal } from '../lib/refusal.mjs';
import type { Tally } from './tally.ts';

/** Formatting and lint as one test, the types of all packages and tests as another. */
export async function runChecks(tally: Tally): Promise<void> {
  await check(tally, 'formatting and lint', [['biome', 'check', '--error-on-warnings']]);
  // Tests that use the hub's insides have a project of their own: its types do not go together with the DOM's.
  const projects = [...globSync('{packages,tests}/*/tsconfig.json', { cwd: ROOT }).sort(), 'tsconfig.json'];
  await check(
    tally,
    'types',
    projects.map((project) => ['tsc', '--pretty', 'false', '-p', project]),
  );
}

/** Counts as a test only when it fails: without a portal the rest says little. */
export function checkPortal(tally: Tally): void {
  try {
    buildPortal();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tally.fail('portal build', error.message);
  }
}

/** One command after the other: whoever waits for them has other things to do meanwhile. */
async function check(tally: Tally, name: string, commands: string[][]): Promise<void> {
  const faults: string[] = [];
  for (const command of commands) faults.push(...(await run(command)));
  if (faults.length === 0) tally.pass();
  else tally.fail(name, faults.join('\n'));
}

/** What a tool of `node_modules/.bin` had to complain about. */
function run([tool = '', ...args]: string[]): Promise<string[]> {
  const bin = join(ROOT, 'node_modules', '.bin');
  // The tools' own `#!/usr/bin/env node` shall find the project's Node.
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
  return new Promise((resolve) => {
    execFile(join(bin, tool), args, { cwd: ROOT, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve(error ? [`${error.message}\n${stdout}${stderr}`] : []);
    });
  });
}
