import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadAv } from './av.ts';
import { HARDWARE, SOFTWARE } from './candidates.ts';
import { readProbe } from './hardwareProbe.ts';
import { isWorking } from './trial.ts';

test('an encoder that codes each picture at once passes, however it makes its keys', async () => {
  const av = await loadAv();
  assert.equal(await isWorking(av, SOFTWARE), true);
  assert.equal(await isWorking(av, { ...SOFTWARE, isNimble: false }), true);
});

test('an encoder that is not there, keeps pictures back or has its own mind about keys does not', async () => {
  const av = await loadAv();
  const withParams = (params: string) => ({
    ...SOFTWARE,
    isNimble: false,
    options: () => ({ preset: 'ultrafast', tune: 'zerolatency', 'forced-idr': '1', 'x264-params': params }),
  });
  assert.equal(await isWorking(av, { ...SOFTWARE, name: 'nonesuch' }), false);
  assert.equal(await isWorking(av, { ...SOFTWARE, device: 'vaapi', pixels: 'yuv420p', name: 'libx265' }), false);
  assert.equal(await isWorking(av, withParams('rc-lookahead=10:mbtree=1:bframes=2')), false);
  assert.equal(await isWorking(av, withParams('keyint=3')), false);
});

test('the probe says for each encoder what it found, and ends', () => {
  const program = fileURLToPath(new URL('./probeMain.ts', import.meta.url));
  const names = HARDWARE.map(({ name }) => name);
  const { stdout, status } = spawnSync(process.execPath, [program, ...names], { encoding: 'utf8', timeout: 60_000 });
  assert.equal(status, 0);
  const { works } = readProbe(names, stdout);
  const last = works ?? names.at(-1);
  assert.ok(stdout.endsWith(`${works ? 'works' : 'fails'} ${last}\n`), stdout);
});
