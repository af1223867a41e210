import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Cleanup } from '../../../testing/temporaryFolder.ts';
import { targetOf } from './broadcast.ts';
import { magicPacket } from './magicPacket.ts';

const MAC = '02:00:00:00:be:ef';
const SENDER = fileURLToPath(new URL('./broadcast.ts', import.meta.url));
/** Says when it listens, then what comes to both ports of both families, each once, and ends when it heard something on all four. */
const LISTENER = `
import { createSocket } from 'node:dgram';
const heard = new Set();
const sockets = [['udp4', 9], ['udp4', 7], ['udp6', 9], ['udp6', 7]].map(([type, port]) => {
  const socket = createSocket({ type, ipv6Only: type === 'udp6' });
  socket.on('message', (packet) => {
    if (heard.has(socket)) return;
    console.log(type, port, packet.toString('hex'));
    if (heard.add(socket).size === 4) process.exit(0);
  });
  return new Promise((resolve) => socket.bind(port, resolve));
});
await Promise.all(sockets);
console.log('listening');
`;

/** Two machines on one cable, as network namespaces, until the test ends. It takes root. */
function cable(t: Cleanup) {
  const [near, far] = [`ph-near-${process.pid}`, `ph-far-${process.pid}`];
  const ip = (...args: string[]) => execFileSync('ip', args);
  for (const name of [near, far]) {
    ip('netns', 'add', name);
    t.after(() => ip('netns', 'del', name));
  }
  ip('-n', near, 'link', 'add', 'wire0', 'type', 'veth', 'peer', 'name', 'wire0', 'netns', far);
  for (const [name, address] of [
    [near, '10.77.0.1/24'],
    [far, '10.77.0.2/24'],
  ] as const) {
    ip('-n', name, 'addr', 'add', address, 'dev', 'wire0');
    // Without the wait of a second in which others could claim the address.
    ip('netns', 'exec', name, 'sh', '-c', 'echo 0 > /proc/sys/net/ipv6/conf/wire0/accept_dad');
    ip('-n', name, 'link', 'set', 'wire0', 'up');
  }
  return { near, far };
}

function inside(namespace: string, script: string): ChildProcess {
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  return spawn('ip', ['netns', 'exec', namespace, ...node], { stdio: ['ignore', 'pipe', 'inherit'] });
}

test('a magic packet of the hub arrives at the other end of the cable, on both ports, by both families', {
  timeout: 60_000,
}, async (t) => {
  const { near, far } = cable(t);
  const listener = inside(far, LISTENER);
  t.after(() => listener.kill('SIGKILL'));
  const ended = once(listener, 'exit');
  let heard = '';
  listener.stdout?.on('data', (chunk) => {
    heard += chunk;
  });
  while (!heard.includes('listening')) await once(listener.stdout ?? listener, 'data');
  // Again and again: a cable that was just plugged in takes its time until it has all addresses.
  const send = `import { broadcast } from ${JSON.stringify(SENDER)};
    for (;;) {
      console.log(await broadcast([${JSON.stringify(MAC)}]));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }`;
  const sender = inside(near, send);
  t.after(() => sender.kill('SIGKILL'));
  const [said] = await once(sender.stdout ?? sender, 'data');
  assert.match(String(said), /^(true|false)\n/);
  await ended;
  const packet = Buffer.from(magicPacket(MAC)).toString('hex');
  const lines = heard.trim().split('\n').slice(1).sort();
  assert.deepEqual(lines, [`udp4 7 ${packet}`, `udp4 9 ${packet}`, `udp6 7 ${packet}`, `udp6 9 ${packet}`]);
});

test('a magic packet is six times ff, and sixteen times the address', () => {
  const packet = Buffer.from(magicPacket('0a:0b:0c:0d:0e:0f')).toString('hex');
  assert.equal(packet, 'ff'.repeat(6) + '0a0b0c0d0e0f'.repeat(16));
});

test('a network is reached by its last address, and the own machine not at all', () => {
  const info = { mac: '', cidr: null, internal: false } as const;
  const to = (address: string, netmask: string) => targetOf('eth0', { ...info, family: 'IPv4', address, netmask })?.to;
  assert.equal(to('192.168.1.7', '255.255.255.0'), '192.168.1.255');
  assert.equal(to('10.1.2.3', '255.255.240.0'), '10.1.15.255');
  const v6 = { ...info, family: 'IPv6' as const, netmask: '', scopeid: 2 };
  assert.deepEqual(targetOf('eth0', { ...v6, address: 'fe80::1' }), { type: 'udp6', to: 'ff02::1%eth0' });
  assert.equal(targetOf('eth0', { ...v6, address: 'fd00::1' }), undefined);
  assert.equal(
    targetOf('lo', { ...info, internal: true, family: 'IPv4', address: '127.0.0.1', netmask: '255.0.0.0' }),
    undefined,
  );
});
