import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ProcessRow, processRow } from '@porthole/protocol';
import { LinuxStats } from './linuxStats.ts';

const stats = new LinuxStats();

function output(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } });
}

test('memory, load and cores are those that /proc tells', async () => {
  const { memory, swap, load, cores } = await stats.health().read();
  const info = readFileSync('/proc/meminfo', 'utf8');
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(info)?.[1]) * 1_024;
  assert.equal(memory.total, of('MemTotal'));
  assert.ok(Math.abs(memory.used - (of('MemTotal') - of('MemAvailable'))) < memory.total * 0.05);
  assert.equal(swap?.total ?? 0, of('SwapTotal'));
  assert.equal(cores.length, readFileSync('/proc/stat', 'utf8').match(/^cpu\d+ /gm)?.length);
  assert.ok(Math.abs((load?.[2] ?? Number.NaN) - (loadavg()[2] ?? 0)) < 0.1);
});

test('the share of busy time is that of /proc/stat between the same moments', async () => {
  const reader = stats.health();
  const busy = () => {
    const ticks = readFileSync('/proc/stat', 'utf8').split('\n')[0]?.split(/\s+/).slice(1, 9).map(Number) ?? [];
    const total = ticks.reduce((sum, each) => sum + each, 0);
    return { total, idle: (ticks[3] ?? 0) + (ticks[4] ?? 0) };
  };
  await reader.read();
  const before = busy();
  await sleep(500);
  const [{ cpu }, after] = [await reader.read(), busy()];
  const expected = 1 - (after.idle - before.idle) / (after.total - before.total);
  assert.ok(Math.abs(cpu - expected) < 0.15, `${cpu} is about ${expected}`);
});

test('drives have the room that df tells, and are drives of df', async () => {
  const { drives } = await stats.facts();
  const { disks } = await stats.health().read();
  const rows = output('df', '-B1', '--output=size,used,avail,pcent,target').trim().split('\n').slice(1);
  const df = new Map(
    rows.map((line) => {
      const [size, used, free, percent, ...path] = line.trim().split(/\s+/);
      return [path.join(' '), [size, used, free, Number.parseInt(percent ?? '', 10)].map(Number)] as const;
    }),
  );
  assert.ok(drives[0]?.main && drives[0].mount === '/');
  for (const { mount, size, free } of drives) {
    const [total = 0, , available = 0] = df.get(mount) ?? assert.fail(`${mount} is unknown to df`);
    assert.equal(size, total);
    assert.ok(Math.abs(free - available) < 200_000_000, `${free} free of ${mount}, ${available} by df`);
  }
  for (const { mount, used, total } of disks) {
    const [, , , percent = 0] = df.get(mount) ?? assert.fail(`${mount} is unknown to df`);
    assert.ok(Math.abs((used / total) * 100 - percent) <= 1.5, `${mount}: ${used / total} is about ${percent} %`);
  }
});

test('interfaces have the hardware addresses and the addresses that ip tells', async () => {
  const { interfaces } = await stats.facts();
  interface Link {
    ifname: string;
    address: string;
    flags: string[];
    addr_info: { local: string; prefixlen: number }[];
  }
  const links = (JSON.parse(output('ip', '-j', 'addr')) as Link[]).filter(({ flags }) => !flags.includes('LOOPBACK'));
  const addressed = links.filter(({ addr_info, flags }) => addr_info.length > 0 && flags.includes('UP'));
  assert.ok(interfaces.length >= addressed.length && addressed.length > 0);
  for (const { ifname, address, addr_info } of addressed) {
    const own = interfaces.find(({ name }) => name === ifname);
    assert.equal(own?.mac, address);
    assert.deepEqual(
      new Set(own?.addresses),
      new Set(addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`)),
    );
  }
});

test('processes are those of ps: parent, user, command, memory, and when each began', async () => {
  const child = spawn('sleep', ['77.5']);
  const rows = await stats.processes().rows();
  const lines = output('ps', '-eo', 'pid=,ppid=,user:32=,rss=,lstart=,args=').trim().split('\n');
  child.kill();
  const known = new Map(rows.map((row) => [row.pid, row]));
  let compared = 0;
  for (const line of lines) {
    const [pid, ppid, user, rss, , month, day, time, year, ...args] = line.trim().split(/\s+/);
    const row = known.get(Number(pid));
    if (!row || row.command === '') continue;
    const began = Date.parse(`${month} ${day} ${year} ${time} UTC`);
    assert.ok(Math.abs(row.started - began) < 2_100, `${row.started} is about ${began}`);
    if (row.parent === Number(ppid) && row.command.startsWith(args[0] ?? '-')) compared++;
    else continue;
    assert.equal(row.user, user);
    assert.ok(Math.abs(row.memory - Number(rss) * 1_024) < 100_000_000);
  }
  assert.ok(compared >= 5, `${compared} processes compared`);
  const own = known.get(child.pid ?? 0);
  assert.deepEqual([own?.name, own?.command, own?.parent], ['sleep', 'sleep 77.5', process.pid]);
});

test('when a process began is the same at every look, and what it uses is what its ticks tell', async () => {
  const child = spawn(process.execPath, ['-e', 'for (;;);']);
  try {
    const reader = stats.processes();
    const find = async () => (await reader.rows()).find(({ pid }) => pid === child.pid);
    const ticks = () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return Number(fields[11]) + Number(fields[12]);
    };
    const first = await find();
    const [before, begun] = [ticks(), performance.now()];
    await sleep(700);
    const second = await find();
    const expected = (ticks() - before) / 100 / ((performance.now() - begun) / 1_000);
    assert.equal(second?.started, first?.started);
    assert.ok(second && Math.abs(second.cpu - expected) < 0.25, `${second?.cpu} is about ${expected}`);
  } finally {
    child.kill('SIGKILL');
  }
});

test('a process whose name has brackets, line ends and bytes that are no text is one process like any other', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'porthole-name-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const program = Buffer.concat([Buffer.from(`${folder}/x) R 1\n`), Buffer.from([0xff, 0xfe])]);
  copyFileSync('/bin/sleep', program);
  const shell = spawn('sh', ['-c', `"${folder}"/x* 60 & echo $!; wait`]);
  const [text] = (await once(shell.stdout, 'data')) as [Buffer];
  const pid = Number(text.toString());
  t.after(() => process.kill(pid, 'SIGKILL'));
  let row: ProcessRow | undefined;
  const reader = stats.processes();
  // Until it has become what it is, it is a copy of the shell.
  while (!row?.name.startsWith('x)')) row = (await reader.rows()).find((each) => each.pid === pid);
  assert.deepEqual([row.parent, row.name.startsWith('x) R 1\n\ufffd')], [shell.pid, true]);
  processRow.parse(row);
});

test('a drive that never answers is left out, keeps nobody waiting, and stops no file from being read', (t) => {
  const program = fileURLToPath(new URL('../../../../testing/deadDrive.ts', import.meta.url));
  const unshare = ['-m', '--propagation', 'private', process.execPath, program];
  const { stdout, stderr } = spawnSync('unshare', unshare, { encoding: 'utf8', timeout: 20_000 });
  if (/not permitted|No such file/.test(stderr)) return t.skip('mounting takes more rights than this');
  const { isMounted, folder, drives, later, isAlive } = JSON.parse(stdout);
  assert.ok(isMounted && isAlive, stderr);
  for (const mounts of [...drives, later]) {
    assert.ok(mounts.includes('/') && !mounts.includes(folder));
  }
});
