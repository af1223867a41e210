import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeCredit, encodeData, GROUP_BIT, LIMITS } from '@porthole/protocol';
import { WebSocket } from 'ws';
import { deviceIdOf } from '../../packages/hub/src/base/identity.ts';
import { startAgent } from '../support/agent.ts';
import { eventually } from '../support/eventually.ts';
import { createToken, startHub } from '../support/hub.ts';
import { type Program, porthole } from '../support/program.ts';
import { TempDir } from '../support/tempDir.ts';
import { WireHub, type WireHubLink } from './wireHub.ts';

/** An agent told to call `url` with `token`. */
function call(url: string, token: string, folder: TempDir): Program {
  const args = ['agent', '--hub', url, '--token', token, '--data', folder.path, '--display', 'fake'];
  return porthole(args, { env: { PORTHOLE_TOKEN: undefined } });
}

function heardBy(hub: WireHub): string {
  return hub.links.flatMap(({ texts }) => texts).join('\n');
}

test('an agent shows its token to nobody but the hub that made it, and says so in one sentence', async () => {
  await using hub = await startHub();
  await using stranger = await WireHub.start();
  using folder = new TempDir();
  stranger.greet = async (link) => {
    const { publicKey, sign } = stranger.keys;
    await link.heard('start');
    link.say({ type: 'challenge', version: 1, publicKey, nonce: 'h'.repeat(43), signature: sign('whatever') });
  };
  const token = await createToken(hub);
  await using agent = call(stranger.url, token, folder);
  assert.equal((await agent.exited).code, 1);
  assert.match(agent.stderr, /^The hub at \S+ is not the hub that this device was enrolled at .*\n$/);
  assert.equal(heardBy(stranger).includes(token.split('.')[1] ?? ''), false);
  assert.equal(heardBy(stranger).includes('publicKey'), false);
});

test('a hub that passes everything on from the true one is found out, and learns nothing', async () => {
  await using hub = await startHub();
  await using middle = await WireHub.start();
  using folder = new TempDir();
  middle.greet = async (link) => {
    const onward = new WebSocket(`${hub.url.replace('https', 'wss')}/ws/agent`, { rejectUnauthorized: false });
    onward.on('message', (data, isBinary) => link.socket.send(data as Buffer, { binary: isBinary }));
    onward.on('close', () => link.socket.close());
    link.socket.on('close', () => onward.terminate());
    await once(onward, 'open');
    for (const text of link.texts) onward.send(text);
    link.socket.on('message', (data, isBinary) => onward.send(data as Buffer, { binary: isBinary }));
  };
  const token = await createToken(hub);
  await using agent = call(middle.url, token, folder);
  assert.equal((await agent.exited).code, 1);
  assert.match(agent.stderr, /is not the hub that this device was enrolled at/);
  assert.equal(heardBy(middle).includes(token.split('.')[1] ?? ''), false);
  await using direct = call(hub.url, token, folder);
  await direct.printed(/^Connected to /m);
});

test('a stranger cannot talk an agent into giving up: neither by a refusal nor by the way it hangs up', async () => {
  await using hub = await startHub();
  await using stranger = await WireHub.start();
  using folder = new TempDir();
  const words = [
    (link: WireHubLink) => link.say({ type: 'refused', code: 'device.removed', message: 'Go.' }),
    (link: WireHubLink) => link.say({ type: 'refused', code: 'token.used', message: 'Go.' }),
    (link: WireHubLink) => link.socket.close(4000, 'device.removed'),
    (link: WireHubLink) => link.socket.close(4000, 'link.replaced'),
    (link: WireHubLink) => link.socket.terminate(),
    (link: WireHubLink) => link.socket.send('{'),
  ];
  stranger.greet = (link) => words.shift()?.(link);
  await using agent = call(stranger.url, await createToken(hub), folder);
  await stranger.link(4, 60_000);
  assert.equal(agent.running, true);
  assert.match(agent.stderr, /^The hub at \S+ cannot be reached .* Trying again\.\n$/, 'one outage is told once');
});

test('a device that knows its hub outlasts a stranger in its place', async () => {
  await using hub = await startHub();
  const port = Number(new URL(hub.url).port);
  await using agent = await startAgent({ hub, display: 'fake', name: 'desk' });
  const { pid } = agent;
  hub.kill('SIGKILL');
  {
    await using stranger = await eventually("the hub's port is free", () => WireHub.start(port));
    stranger.greet = (link) => stranger.challenge(link).catch(() => undefined);
    await stranger.link(1, 60_000);
    assert.equal(heardBy(stranger).includes('hello'), false);
  }
  await hub.restart();
  await eventually('the agent is back', () => agent.output.stdout.match(/^Connected/gm)?.length === 2, 60_000);
  assert.equal(agent.pid, pid);
});

test('whatever nonsense its hub talks, an agent hangs up on it, calls again, and runs on', async () => {
  await using hub = await WireHub.start();
  using folder = new TempDir();
  const nonsense: (string | Uint8Array)[] = [
    '',
    '{',
    '[]',
    '{"type":"nope"}',
    '{"type":"welcome","name":"again"}',
    '{"type":"channel.close","channel":0,"code":"channel.closed"}',
    '{"type":"channel.close","channel":1,"code":"no such code"}',
    '{"type":"toggle.set","request":1,"feature":"no such feature","on":true}',
    JSON.stringify({ type: 'channel.lagged', channel: 1, padding: 'x'.repeat(LIMITS.control) }),
    'x'.repeat(LIMITS.dataPayload + LIMITS.control + 1),
    new Uint8Array(0),
    new Uint8Array(7),
    Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 1),
    encodeData(1, new Uint8Array(LIMITS.dataPayload + 1)),
    encodeCredit(1, 1).subarray(0, 11),
    new Uint8Array(LIMITS.dataPayload * 4),
  ];
  let at = 0;
  hub.greet = async (link) => {
    const { link: kind } = await hub.welcome(link);
    const word = kind === 'interactive' ? nonsense[at++] : undefined;
    if (word !== undefined) link.socket.send(word);
  };
  await using agent = call(hub.url, hub.token, folder);
  await eventually('all of it was said', () => at > nonsense.length, 120_000);
  const last = hub.links.at(-1);
  await sleep(500);
  assert.equal(agent.running, true);
  assert.equal(last?.closed, false, 'a hub that keeps to the protocol is kept');
});

test('an agent opens nothing without a good grant for this connection, and ignores frames for what is not open', async () => {
  await using hub = await WireHub.start();
  using folder = new TempDir();
  await using agent = call(hub.url, hub.token, folder);
  const link = await hub.link(0);
  const { publicKey } = await hub.welcome(link);
  const device = deviceIdOf(publicKey);
  const params = { monitor: '' };
  const open = (grant: object, given: object = params) => link.say({ type: 'channel.open', grant, params: given });
  const good = hub.grant(link, device, 5, 'screen');
  open({ ...good, channel: 6 });
  open({ ...good, device: 'b'.repeat(26) });
  open({ ...good, signature: 'A'.repeat(86) });
  open(hub.grant(link, device, 1, 'thumbnail'), { maxWidth: 100, intervalMs: 1000 });
  open(good, { monitor: '', more: 1 });
  open(hub.grant(link, device, 9, 'screen'));
  await link.heard('channel.opened');
  open(hub.grant(link, device, 9, 'screen'));
  link.socket.send(encodeData(77, Uint8Array.of(1)));
  link.socket.send(encodeData(GROUP_BIT + 1, Uint8Array.of(1)));
  link.socket.send(encodeData(9, Uint8Array.of(99)));
  await eventually('all answers', () => link.texts.filter((text) => text.includes('channel.closed')).length === 6);
  const told = link.texts.slice(2).map((text) => JSON.parse(text));
  // What the device is comes when it is known.
  const answers = told.filter(({ type }) => type !== 'state');
  assert.deepEqual(
    answers.map(({ type, channel, code }) => [type, channel, code]),
    [
      ['channel.closed', 6, 'grant.invalid'],
      ['channel.closed', 5, 'grant.invalid'],
      ['channel.closed', 5, 'grant.invalid'],
      ['channel.closed', 1, 'request.invalid'],
      ['channel.closed', 5, 'request.invalid'],
      ['channel.opened', 9, undefined],
      ['channel.closed', 9, 'grant.invalid'],
    ],
  );
  assert.equal(agent.running, true);
});

test('an agent ends although its hub opens channels until the very end', async () => {
  await using hub = await WireHub.start();
  using folder = new TempDir();
  await using agent = call(hub.url, hub.token, folder);
  const link = await hub.link(0);
  const { publicKey } = await hub.welcome(link);
  await agent.printed(/^Connected to /m);
  link.socket.on('message', (data: Buffer) => {
    if (!data.toString('utf8').includes('"bye"')) return;
    const grant = hub.grant(link, deviceIdOf(publicKey), 1, 'stats');
    link.say({ type: 'channel.open', grant, params: { operation: 'sample', intervalMs: 1000 } });
  });
  agent.kill('SIGTERM');
  const ended = await Promise.race([agent.exited, sleep(5_000, undefined)]);
  assert.equal(ended?.code, 0);
});

test('a hub that does not answer is called again, and not given up', async () => {
  await using hub = await WireHub.start();
  using folder = new TempDir();
  await using agent = call(hub.url, hub.token, folder);
  await hub.link(1, 30_000);
  assert.equal(agent.running, true);
  assert.match(agent.stderr, /cannot be reached .* Trying again/);
});
