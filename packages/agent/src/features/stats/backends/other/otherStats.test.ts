import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceFacts, healthSample, processRow } from '@porthole/protocol';
import type { Systeminformation as Si } from 'systeminformation';
import { OtherStats } from './otherStats.ts';
import { amount, share, toBattery, toDrives, toGpus, toProcess } from './translate.ts';

test('a system that is asked by its own programs tells what fits what was agreed, and is asked rarely', async () => {
  const real = await import('systeminformation');
  let asked = 0;
  const library = async () => ({
    ...real,
    fsSize: ((...args: Parameters<typeof real.fsSize>) => {
      asked++;
      return real.fsSize(...args);
    }) as typeof real.fsSize,
  });
  const stats = new OtherStats({ isMain: (mount) => mount === '/', library });
  const [reader, processes] = [stats.health(), stats.processes()];
  for (let n = 0; n < 3; n++) healthSample.parse(await reader.read());
  const facts = deviceFacts.parse({ ...(await stats.facts()), displays: [], power: [] });
  assert.ok(facts.drives[0]?.main && facts.cpu);
  assert.equal(asked, 1);
  const rows = await processes.rows();
  for (const row of rows) processRow.parse(row);
  assert.ok(rows.some(({ pid }) => pid === process.pid));
  assert.notEqual(stats.glance(), '');
});

test('a library that fails leaves its figures out, and nothing else', async () => {
  const library = () => Promise.reject(new Error('not on this system'));
  const stats = new OtherStats({ isMain: () => true, library });
  const health = healthSample.parse(await stats.health().read());
  assert.ok(health.memory.total > 0 && health.disks.length === 0);
  deviceFacts.parse({ ...(await stats.facts()), displays: [], power: [] });
  assert.deepEqual(await stats.processes().rows(), []);
});

test('odd figures of a system become sensible ones', () => {
  assert.deepEqual([share(Number.NaN), share(7), amount(-1), amount(null)], [0, 1, 0, 0]);
  const drive = { fs: 'C:', type: 'NTFS', size: 100, used: 20, available: 180, use: 20, mount: 'C:', rw: true };
  const inner = { ...drive, mount: '/dev', type: 'devfs' };
  const drives = toDrives([inner, { ...drive, mount: 'D:' }, drive], (mount) => mount === 'C:');
  assert.deepEqual(
    drives.map(({ mount, main, free }) => [mount, main, free]),
    [
      ['C:', true, 100],
      ['D:', false, 100],
    ],
  );
  const none = { hasBattery: false, percent: 0 } as Si.BatteryData;
  assert.equal(toBattery(none), undefined);
  const battery = { hasBattery: true, percent: 55, isCharging: false, acConnected: false, timeRemaining: 90 };
  assert.deepEqual(toBattery(battery as Si.BatteryData), { charge: 0.55, charging: false, minutesLeft: 90 });
  const gpu = { vendor: '', model: 'Fast', utilizationGpu: 150 } as Si.GraphicsControllerData;
  assert.deepEqual(toGpus([gpu]), [{ name: 'Fast', busy: 1 }]);
  const row = { pid: 7, parentPid: -1, name: 'x'.repeat(999), cpu: 50, memRss: 2, started: 'never' };
  const strings = { command: 'c', params: '--all', user: 'ann', state: 'running' };
  const { cpu, memory, started, command } = processRow.parse(
    toProcess({ ...row, ...strings } as Si.ProcessesProcessData, 4),
  );
  assert.deepEqual([cpu, memory, started, command], [2, 2_048, 0, 'c --all']);
});
