import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMounts } from '../../../../platform/mountTable.ts';
import { parseDiskCounters, parseNetworkCounters } from './counters.ts';
import { busyShare, CpuShares, parseCpuTimes } from './cpuTimes.ts';
import { drivesOf, isRemote } from './drives.ts';
import { parseFrequencies } from './frequencies.ts';
import { parseLoad, parseMemory } from './memory.ts';
import { fullName } from './processDetails.ts';
import { parseProcessor } from './processors.ts';
import { parseUtmp, sessionUser } from './users.ts';

test('the share of busy time is between 0 and 1, even when the counters of the system jump', () => {
  const times = fc.record({ busy: fc.integer(), total: fc.integer() });
  fc.assert(
    fc.property(times, times, (before, now) => {
      const share = busyShare(before, now) ?? 0;
      assert.ok(share >= 0 && share <= 1);
    }),
    { seed: 19, numRuns: 500 },
  );
  assert.equal(busyShare({ busy: 10, total: 100 }, { busy: 35, total: 150 }), 0.5);
  assert.equal(busyShare({ busy: 10, total: 100 }, { busy: 10, total: 100 }), undefined);
});

test('waiting for a drive is not busy, and a core that is switched off is gone', () => {
  const { all, cores } = parseCpuTimes('cpu  10 0 20 60 10 0 0 0 5 0\ncpu0 10 0 20 60 10 0 0 0 5 0\nintr 5\n');
  assert.deepEqual(
    [all, cores.get(0)],
    [
      { busy: 30, total: 100 },
      { busy: 30, total: 100 },
    ],
  );
  const shares = new CpuShares();
  shares.update('cpu 0 0 0 0 0 0 0 0\ncpu0 0 0 0 0 0 0 0 0\ncpu1 0 0 0 0 0 0 0 0\n');
  const now = shares.update('cpu 50 0 0 50 0 0 0 0\ncpu0 50 0 0 50 0 0 0 0\n');
  assert.deepEqual([now.all, [...now.cores]], [0.5, [[0, 0.5]]]);
});

test('memory that caches hold can be had, and swap is left out where there is none', () => {
  const text = 'MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 700 kB\nCached: 500 kB\nSwapTotal: 0 kB\n';
  assert.deepEqual(parseMemory(text), { memory: { used: 307_200, total: 1_024_000, cached: 512_000 } });
  const old = 'MemTotal: 1000 kB\nMemFree: 100 kB\nCached: 500 kB\nSwapTotal: 50 kB\nSwapFree: 20 kB\n';
  assert.deepEqual(parseMemory(old).memory.used, 400 * 1_024);
  assert.deepEqual(parseMemory(old).swap, { used: 30 * 1_024, total: 50 * 1_024 });
  assert.deepEqual(parseMemory(''), { memory: { used: 0, total: 0, cached: 0 } });
});

test('load, counters and frequencies are read, and lines of another form are left out', () => {
  assert.deepEqual(parseLoad('0.52 1.25 3 2/80 1234\n'), [0.52, 1.25, 3]);
  assert.equal(parseLoad('busy'), undefined);
  const disks = parseDiskCounters('   8  0 sda 5 1 100 9 7 2 200 4 0 30 13\nnonsense\n\n');
  assert.deepEqual([...disks], [['sda', [51_200, 102_400, 30]]]);
  const head = 'Inter-|   Receive  |  Transmit\n face |bytes packets|bytes\n';
  const network = parseNetworkCounters(
    `${head} eth0:1234 1 0 0 0 0 0 0 99 1 0 0 0 0 0 0\n eth0:1: 5 0 0 0 0 0 0 0 6 0\n`,
  );
  assert.deepEqual(
    [...network],
    [
      ['eth0', [1_234, 99]],
      ['eth0:1', [5, 6]],
    ],
  );
  const mhz = parseFrequencies('processor\t: 0\ncpu MHz\t\t: 800.5\n\nprocessor\t: 1\nmodel name: x\n');
  assert.deepEqual([...mhz], [[0, 800.5]]);
});

test('a processor is named on every architecture, with cores told from threads', () => {
  const block = (core: number) => `processor: ${core}\nmodel name: Fast  CPU\nphysical id: 0\ncore id: ${core >> 1}\n`;
  const text = [0, 1, 2, 3].map(block).join('\n');
  assert.deepEqual(parseProcessor(text, { model: '', threads: 4 }), { model: 'Fast CPU', cores: 2, threads: 4 });
  const arm = 'processor: 0\nBogoMIPS: 108\n\nHardware: BCM2835\nModel: Raspberry Pi 4\n';
  assert.deepEqual(parseProcessor(arm, { model: 'unknown', threads: 4 })?.cores, 4);
  assert.equal(parseProcessor('', { model: 'unknown', threads: 4 }), undefined);
});

const MOUNTS = `22 1 254:1 / / rw - ext4 /dev/vda1 rw
23 22 0:5 / /dev rw - devtmpfs udev rw
24 22 0:30 / /run rw - tmpfs tmpfs rw
25 22 254:1 /srv /mnt/again rw - ext4 /dev/vda1 rw
26 22 0:40 /a /home rw - btrfs /dev/vdb rw
27 22 0:41 /b /srv/b rw - btrfs /dev/vdb rw
28 22 7:0 / /snap/core/1 ro - squashfs /dev/loop0 ro
29 22 0:50 / /mnt/my\\040share rw - nfs4 server:/export rw
30 22 8:1 / /etc/hosts rw - ext4 /dev/sda1 rw
31 22 0:60 / /tank rw - zfs tank rw
32 22 0:61 / /tank/films rw - zfs tank/films rw
33 22 8:17 / /run/media/ann/Stick rw - vfat /dev/sdb1 rw
`;

test('drives are what a person calls so: each once, the one of the system first', () => {
  const drives = drivesOf(parseMounts(MOUNTS));
  assert.deepEqual(
    drives.map(({ path }) => path),
    ['/', '/home', '/mnt/my share', '/tank', '/run/media/ann/Stick'],
  );
  assert.deepEqual(
    drives.filter(isRemote).map(({ source }) => source),
    ['server:/export'],
  );
});

test('the system is a drive even where it lies in memory or in a container', () => {
  const container = '1 0 0:99 / / rw - overlay overlay rw\n2 1 0:50 / /proc rw - proc proc rw\n';
  assert.deepEqual(
    drivesOf(parseMounts(container)).map(({ path }) => path),
    ['/'],
  );
  assert.deepEqual(drivesOf(parseMounts('what?\n\n')), []);
});

test('a name that the system cut is made whole only by what it was cut from', () => {
  assert.equal(fullName('gnome-terminal-', '/usr/libexec/gnome-terminal-server'), 'gnome-terminal-server');
  assert.equal(fullName('tmux: server', '/usr/bin/tmux'), 'tmux: server');
  assert.equal(fullName('MainThread', '/usr/bin/node'), 'node');
  assert.equal(fullName('MainThread', ''), 'MainThread');
});

function record(size: number, { type, pid, user }: { type: number; pid: number; user: string }): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeInt16LE(type, 0);
  bytes.writeInt32LE(pid, 4);
  bytes.write(user, 44);
  return bytes;
}

test('who is logged in is read from records of both sizes; dead ones and torn files count for nothing', () => {
  for (const size of [384, 400]) {
    const file = Buffer.concat([
      record(size, { type: 2, pid: 1, user: 'reboot' }),
      record(size, { type: 7, pid: 10, user: 'ann' }),
      record(size, { type: 7, pid: 11, user: 'gone' }),
      record(size, { type: 7, pid: 12, user: 'x'.repeat(32) }),
    ]);
    assert.deepEqual(
      parseUtmp(file, (pid) => pid !== 11),
      ['ann', 'x'.repeat(32)],
    );
  }
  assert.deepEqual(
    parseUtmp(Buffer.alloc(77, 7), () => true),
    [],
  );
  assert.equal(sessionUser('UID=0\nUSER=ann\nCLASS=user\nSTATE=active\n'), 'ann');
  assert.equal(sessionUser('USER=gdm\nCLASS=greeter\nSTATE=active\n'), undefined);
});
