import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadAv } from './av.ts';
import { type Candidate, SOFTWARE } from './candidates.ts';
import { Hardware } from './hardware.ts';

const options = { width: 640, height: 360, baseline: false, bytesPerSecond: 200_000, fps: 30 };
const pixels = { data: new Uint8Array(640 * 360 * 4), stride: 640 * 4, width: 640, height: 360 };
/** Stands in for a driver that does not open. */
const broken: Candidate = { ...SOFTWARE, options: () => ({ preset: 'nonesuch' }) };

/** Hardware whose search finds the candidate; counts how often it was searched for. */
function hardwareOf(candidate: Candidate | undefined) {
  const searches: Array<readonly string[]> = [];
  const find = (names: readonly string[]) => {
    searches.push(names);
    return Promise.resolve(candidate?.name);
  };
  return { searches, hardware: new Hardware(candidate ? [candidate] : [], find) };
}

test('nobody waits for the search; what it found is used from then on, and searched for once', async () => {
  const av = await loadAv();
  const { hardware, searches } = hardwareOf(SOFTWARE);
  assert.equal(await hardware.open(av, options), undefined);
  await hardware.search(av);
  const encoder = await hardware.open(av, options);
  assert.equal(encoder?.encoder, SOFTWARE.name);
  assert.deepEqual(searches, [[SOFTWARE.name]]);
  encoder?.close();
});

test('small pictures are not worth the way to the device', async () => {
  const av = await loadAv();
  const { hardware } = hardwareOf(SOFTWARE);
  await hardware.search(av);
  assert.equal(await hardware.open(av, { ...options, width: 160, height: 120 }), undefined);
});

test('an encoder that does not open is not tried again', async () => {
  const av = await loadAv();
  let opened = 0;
  const { hardware } = hardwareOf({
    ...broken,
    options: () => {
      opened++;
      return { preset: 'nonesuch' };
    },
  });
  await hardware.search(av);
  assert.equal(await hardware.open(av, options), undefined);
  assert.equal(await hardware.open(av, options), undefined);
  assert.equal(opened, 1);
});

test('an encoder that breaks while it runs is not opened again', async () => {
  const av = await loadAv();
  let isBroken = false;
  const { hardware } = hardwareOf({ ...SOFTWARE, options: (task) => (isBroken ? broken : SOFTWARE).options(task) });
  await hardware.search(av);
  const encoder = await hardware.open(av, options);
  assert.ok(encoder);
  await encoder.encode(pixels, { key: true });
  isBroken = true;
  await assert.rejects(encoder.encode(pixels, { key: true }), /cannot be opened/);
  encoder.close();
  isBroken = false;
  assert.equal(await hardware.open(av, options), undefined);
});

test('a build without any hardware encoder searches for nothing', async () => {
  const av = await loadAv();
  const { hardware, searches } = hardwareOf(undefined);
  await hardware.search(av);
  assert.deepEqual(searches, [[]]);
  assert.equal(await hardware.open(av, options), undefined);
});
