import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { magicPacket } from './magicPacket.ts';
import { waysOut } from './wake.ts';

const MAC = '02:00:5e:10:00:ff';
const LINE = `${'ff'.repeat(6)}${'02005e1000ff'.repeat(16)}`;

/** Two networks of their own that a cable connects; undefined where that takes more rights than these. */
function twoMachines(t: TestContext): [string, string] | undefined {
  const [one, other] = [`ph${process.pid}a`, `ph${process.pid}b`] as const;
  const ip = (...args: string[]) => execFileSync('ip', args, { stdio: 'pipe' });
  try {
    ip('netns', 'add', one);
    t.after(() => ip('netns', 'del', one));
    ip('netns', 'add', other);
    t.after(() => ip('netns', 'del', other));
  } catch {
    return undefined;
  }
  ip('-n', one, 'link', 'add', 'cable', 'type', 'veth', 'peer', 'name', 'cable', 'netns', other);
  for (const [at, name] of [one, other].entries()) {
    ip('-n', name, 'link', 'set', 'cable', 'addrgenmode', 'none');
    ip('-n', name, 'addr', 'add', `10.211.77.${at + 1}/24`, 'dev', 'cable');
    ip('-n', name, 'addr', 'add', `fe80::${at + 1}/64`, 'dev', 'cable', 'nodad');
    ip('-n', name, 'link', 'set', 'cable', 'up');
    ip('-n', name, 'link', 'set', 'lo', 'up');
  }
  return [one, other];
}

function program(name: string): string {
  return fileURLToPath(new URL(`../../testing/${name}.ts`, import.meta.url));
}

test('a magic packet reaches the machine at the other end of the cable, by IPv4 and IPv6, at both ports', {
  timeout: 20_000,
}, async (t) => {
  const machines = twoMachines(t);
  if (!machines) return t.skip('networks take more rights than these');
  const [one, other] = machines;
  const listener = spawn('ip', ['netns', 'exec', other, process.execPath, program('magicListener')]);
  t.after(() => listener.kill('SIGKILL'));
  let heard = '';
  listener.stdout.on('data', (text) => {
    heard += text;
  });
  while (!heard.includes('ready')) await once(listener.stdout, 'data');
  const complete = () => ['udp4 9', 'udp4 7', 'udp6 9', 'udp6 7'].every((way) => heard.includes(`${way} ${LINE}\n`));
  // A cable that was just plugged in may lose what is sent first.
  while (!complete()) {
    execFileSync('ip', ['netns', 'exec', one, process.execPath, program('sendWake'), MAC]);
    await sleep(100);
  }
  assert.deepEqual(
    new Set(
      heard
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(' ')[2]),
    ),
    new Set([LINE]),
    'nothing else was sent',
  );
});

test('a magic packet is six bytes of ones and sixteen times the address', () => {
  assert.equal(magicPacket(MAC).toString('hex'), LINE);
});

test('the packet leaves by every interface with an address, and by none that stays inside', () => {
  const row = { netmask: '255.255.252.0', mac: MAC, internal: false, cidr: null } as const;
  const ways = waysOut({
    lo: [{ ...row, family: 'IPv4', address: '127.0.0.1', internal: true }],
    eth0: [
      { ...row, family: 'IPv4', address: '192.168.5.7' },
      { ...row, family: 'IPv6', address: 'fe80::7', scopeid: 2 },
      { ...row, family: 'IPv6', address: '2001:db8::7', scopeid: 0 },
    ],
  });
  assert.deepEqual(ways, [
    { type: 'udp4', from: '192.168.5.7', to: ['255.255.255.255', '192.168.7.255'] },
    { type: 'udp6', from: 'fe80::7%eth0', to: ['ff02::1%eth0'] },
  ]);
});
