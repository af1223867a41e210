import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findWorking, readProbe } from './hardwareProbe.ts';

/** Tries encoders called after what they do: crash, hang, fail, exit or work. */
const PROGRAM = `
import { writeSync } from 'node:fs';
for (const name of process.argv.slice(2)) {
  writeSync(1, 'try ' + name + '\\n');
  if (name.startsWith('crash')) process.kill(process.pid, 'SIGSEGV');
  if (name.startsWith('hang')) for (;;);
  if (name.startsWith('exit')) process.exit(3);
  writeSync(1, (name.startsWith('work') ? 'works ' : 'fails ') + name + '\\n');
  if (name.startsWith('work')) break;
}
`;

function probeOptions(t: TestContext, source = PROGRAM) {
  const folder = mkdtempSync(join(tmpdir(), 'porthole-probe-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, 'probe.mjs');
  writeFileSync(program, source);
  return { program, trialMs: 2_000 };
}

test('the first encoder that works is taken, whatever those before it did', async (t) => {
  const options = probeOptions(t);
  assert.equal(await findWorking(['fails', 'works', 'works too'], options), 'works');
  assert.equal(await findWorking(['crashes', 'fails', 'exits', 'hangs', 'works'], options), 'works');
});

test('where none works, the search ends', async (t) => {
  const options = probeOptions(t);
  assert.equal(await findWorking([], options), undefined);
  assert.equal(await findWorking(['crashes', 'crashes too', 'fails'], options), undefined);
});

test('a probe that cannot begin is not tried for ever', async (t) => {
  assert.equal(await findWorking(['works'], probeOptions(t, 'process.exit(1);')), undefined);
  assert.equal(await findWorking(['works'], { program: '/nonesuch', trialMs: 2_000 }), undefined);
});

test('what a dead probe did not come to is left to the next one', () => {
  const names = ['a', 'b', 'c'];
  assert.deepEqual(readProbe(names, 'try a\nfails a\ntry b\n'), { works: undefined, untried: ['c'] });
  assert.deepEqual(readProbe(names, 'try a\nfails a\ntry b\nwor'), { works: undefined, untried: ['c'] });
  assert.deepEqual(readProbe(names, 'try a\nworks a\n'), { works: 'a', untried: ['b', 'c'] });
  assert.deepEqual(readProbe(names, 'works nonesuch\n'), { works: undefined, untried: [] });
});
