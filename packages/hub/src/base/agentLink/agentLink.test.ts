import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { ALL_ON, decodeFrame, encodeCredit, encodeData, GROUP_BIT, LIMITS } from '@porthole/protocol';
import type { ChannelSink } from '../relay/agentChannel.ts';
import type { FromHub, LinkSocket } from '../relay/linkSocket.ts';
import { AgentLink } from './agentLink.ts';

let sent: FromHub[];
let closedWith: string[];
let states: unknown[];
let link: AgentLink;

beforeEach(() => {
  [sent, closedWith, states] = [[], [], []];
  const socket = {
    buffered: 0,
    send: (message: FromHub) => sent.push(message),
    sendFrame: () => undefined,
    close: (code: string) => closedWith.push(code),
  };
  link = new AgentLink(socket as unknown as LinkSocket, {
    deviceId: 'a'.repeat(26),
    kind: 'interactive',
    binding: 'b',
    sign: () => 's'.repeat(86),
    events: { state: (state) => states.push(state) },
  });
});

/** A sink that notes what reaches it. */
class Sink implements ChannelSink {
  readonly log: string[] = [];
  opened(): void {
    this.log.push('opened');
  }
  data(frame: Uint8Array, sync: boolean): void {
    this.log.push(`data ${frame.byteLength}${sync ? ' sync' : ''}`);
  }
  credit(bytes: number): void {
    this.log.push(`credit ${bytes}`);
  }
  closed(code: string): void {
    this.log.push(`closed ${code}`);
  }
}

const REQUEST = { feature: 'screen', params: { monitor: '' }, viewer: 'v', user: 'ann' } as const;

function open(): { sink: Sink; id: number } {
  const sink = new Sink();
  return { sink, id: link.open(REQUEST, sink).id };
}

function say(message: object): void {
  link.receivedText(JSON.stringify(message));
}

function frame(bytes: Uint8Array): void {
  link.receivedFrame(decodeFrame(bytes), bytes);
}

test('every channel has a grant of its own, with a number never used before', () => {
  const [first, second] = [open(), open()];
  say({ type: 'channel.closed', channel: second.id, code: 'channel.closed', message: '' });
  const third = open();
  assert.ok(first.id < second.id && second.id < third.id);
  const grants = sent.flatMap((message) =>
    message.type === 'channel.open' && 'grant' in message ? [message.grant] : [],
  );
  assert.equal(new Set(grants.map(({ nonce }) => nonce)).size, 3);
  assert.deepEqual(
    grants.map(({ channel }) => channel),
    [first.id, second.id, third.id],
  );
});

test('one user leaves room for others, and has room again when a channel is over', () => {
  const channels = Array.from({ length: LIMITS.channelsPerLink * 4 }, open);
  assert.throws(open, { code: 'channel.limit' });
  const other = link.open({ ...REQUEST, user: 'bob' }, new Sink());
  assert.ok(other.id > (channels.at(-1)?.id ?? 0));
  say({ type: 'channel.closed', channel: channels[0]?.id, code: 'channel.closed', message: '' });
  open();
  assert.throws(open, { code: 'channel.limit' });
});

test('a message for a group reaches its members and nobody else', () => {
  const [one, two, other, alone] = [open(), open(), open(), open()];
  say({ type: 'channel.opened', channel: one.id });
  say({ type: 'channel.group', channel: one.id, group: GROUP_BIT + 1 });
  say({ type: 'channel.opened', channel: two.id });
  say({ type: 'channel.group', channel: two.id, group: GROUP_BIT + 1 });
  say({ type: 'channel.opened', channel: other.id });
  say({ type: 'channel.group', channel: other.id, group: GROUP_BIT + 2 });
  say({ type: 'channel.opened', channel: alone.id });
  frame(encodeData(GROUP_BIT + 1, new Uint8Array(2), true));
  frame(encodeData(GROUP_BIT + 3, new Uint8Array(2)));
  frame(encodeData(alone.id, new Uint8Array(0)));
  assert.deepEqual(one.sink.log, ['opened', 'data 10 sync']);
  assert.deepEqual(two.sink.log, ['opened', 'data 10 sync']);
  assert.deepEqual(other.sink.log, ['opened']);
  assert.deepEqual(alone.sink.log, ['opened', 'data 8']);
});

test('a channel that closed is in no group any more, nor when its device says it opened once more', () => {
  const { sink, id } = open();
  say({ type: 'channel.opened', channel: id });
  say({ type: 'channel.group', channel: id, group: GROUP_BIT + 1 });
  say({ type: 'channel.closed', channel: id, code: 'feature.off', message: 'Off.' });
  say({ type: 'channel.opened', channel: id });
  say({ type: 'channel.group', channel: id, group: GROUP_BIT + 1 });
  frame(encodeData(GROUP_BIT + 1, new Uint8Array(2)));
  assert.deepEqual(sink.log, ['opened', 'closed feature.off']);
});

test('a device that moves a channel to another group moves it, and does not double it', () => {
  const { sink, id } = open();
  say({ type: 'channel.opened', channel: id });
  say({ type: 'channel.group', channel: id, group: GROUP_BIT + 1 });
  say({ type: 'channel.group', channel: id, group: GROUP_BIT + 2 });
  frame(encodeData(GROUP_BIT + 1, new Uint8Array(1)));
  frame(encodeData(GROUP_BIT + 2, new Uint8Array(1)));
  assert.deepEqual(sink.log, ['opened', 'data 9']);
});

test('a channel that was taken out of its group gets only what is its own', () => {
  const { sink, id } = open();
  say({ type: 'channel.opened', channel: id });
  say({ type: 'channel.group', channel: id, group: GROUP_BIT + 1 });
  say({ type: 'channel.group', channel: id, group: null });
  frame(encodeData(GROUP_BIT + 1, new Uint8Array(1)));
  frame(encodeData(id, new Uint8Array(2)));
  assert.deepEqual(sink.log, ['opened', 'data 10']);
});

test('words about channels that never were are ignored', () => {
  say({ type: 'channel.opened', channel: 500 });
  say({ type: 'channel.closed', channel: 500, code: 'channel.closed', message: '' });
  say({ type: 'reply', request: 500 });
  frame(encodeCredit(500, 5));
  frame(encodeData(500, new Uint8Array(1)));
  assert.deepEqual(closedWith, []);
});

test('when the connection ends, every channel and every open question hears of it once', async () => {
  const { sink } = open();
  const toggled = link.setToggle('stats', false);
  link.ended();
  link.ended();
  assert.deepEqual(sink.log, ['closed device.offline']);
  await assert.rejects(toggled, { code: 'device.offline' });
});

test('a toggle resolves with the answer of the device, rejects with its refusal, and does not wait for ever', async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ['setTimeout'] });
  const requestOf = () => sent.flatMap((message) => (message.type === 'toggle.set' ? [message.request] : [])).at(-1);
  const done = link.setToggle('stats', false);
  say({ type: 'reply', request: requestOf() });
  await done;
  const refused = link.setToggle('stats', true);
  say({ type: 'reply', request: requestOf(), code: 'policy.denied' });
  await assert.rejects(refused, { code: 'policy.denied' });
  const late = link.setToggle('stats', true);
  mock.timers.tick(LIMITS.requestMs);
  await assert.rejects(late, { code: 'device.timeout' });
});

test('what a device says of itself is passed on, and a goodbye closes the connection', () => {
  const toggles = { ...ALL_ON, stats: false };
  say({ type: 'state', toggles });
  assert.deepEqual(states, [{ type: 'state', toggles }]);
  say({ type: 'bye' });
  assert.deepEqual(closedWith, ['channel.closed']);
});

test('one device cannot be made to hold any number of channels', () => {
  const openFor = (user: string) => link.open({ ...REQUEST, user }, new Sink());
  for (let n = 0; n < LIMITS.channelsPerLink * 8; n++) openFor(`user ${n % 4}`);
  assert.throws(() => openFor('another'), { code: 'channel.limit' });
});
