import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { decodeFrame, encodeData, type FeatureName, type Frame, LIMITS } from '@porthole/protocol';
import { AgentChannel } from './agentChannel.ts';
import type { FromHub, LinkSocket } from './linkSocket.ts';
import { ViewerChannel } from './viewerChannel.ts';

const VIEWER_ID = 7;
const AGENT_ID = 91;

let toViewer: FromHub[];
let framesToViewer: Frame[];
let toAgent: FromHub[];
let framesToAgent: Frame[];
let ends: number;
let buffered: number;

beforeEach(() => {
  [toViewer, framesToViewer, toAgent, framesToAgent] = [[], [], [], []];
  ends = 0;
  buffered = 0;
});

/** A channel between two sockets that note what they are sent. */
function open(feature: FeatureName): ViewerChannel {
  const socket = {
    send: (message: FromHub) => toViewer.push(message),
    sendFrame: (frame: Uint8Array) => framesToViewer.push(decodeFrame(frame)),
  };
  const channel = new ViewerChannel(VIEWER_ID, feature, socket as unknown as LinkSocket, () => ends++);
  const carrier = {
    get buffered() {
      return buffered;
    },
    send: (message: FromHub) => toAgent.push(message),
    sendFrame: (frame: Uint8Array) => framesToAgent.push(decodeFrame(frame)),
  };
  channel.attach(new AgentChannel(AGENT_ID, { feature, user: 'ann' }, channel, { carrier, release: () => undefined }));
  return channel;
}

function fromDevice(channel: ViewerChannel, size: number, sync = false): void {
  channel.data(encodeData(AGENT_ID, new Uint8Array(size), sync), sync);
}

test('frames change their address on the way, in both directions', () => {
  const channel = open('input');
  fromDevice(channel, 3);
  channel.fromViewer(Uint8Array.of(1, 2));
  assert.deepEqual(framesToViewer, [{ type: 'data', channel: VIEWER_ID, sync: false, payload: new Uint8Array(3) }]);
  assert.deepEqual(framesToAgent, [{ type: 'data', channel: AGENT_ID, sync: false, payload: Uint8Array.of(1, 2) }]);
});

test('a viewer of a reliable channel may send what the device granted, and not a byte more', () => {
  const channel = open('input');
  const half = new Uint8Array(LIMITS.reliableWindow / 2);
  channel.fromViewer(half);
  channel.fromViewer(half);
  assert.throws(() => channel.fromViewer(Uint8Array.of(1)), { code: 'credit.exceeded' });
  channel.credit(100);
  channel.fromViewer(new Uint8Array(100));
  assert.throws(() => channel.fromViewer(Uint8Array.of(1)), { code: 'credit.exceeded' });
  assert.deepEqual(framesToViewer, [{ type: 'credit', channel: VIEWER_ID, bytes: 100 }]);
});

test('a device that sends a reliable channel more than the viewer granted loses it', () => {
  const channel = open('input');
  fromDevice(channel, LIMITS.reliableWindow);
  channel.creditFromViewer(10);
  fromDevice(channel, 10);
  assert.equal(ends, 0);
  fromDevice(channel, 1);
  assert.equal(ends, 1);
  assert.deepEqual(toAgent, [{ type: 'channel.close', channel: AGENT_ID, code: 'credit.exceeded' }]);
  assert.ok(toViewer[0]?.type === 'channel.closed' && toViewer[0].code === 'credit.exceeded');
});

test('nobody can grant more than the window, whichever side tries', () => {
  const channel = open('input');
  assert.throws(() => channel.creditFromViewer(1), { code: 'credit.exceeded' });
  channel.credit(1);
  assert.equal(ends, 1);
  assert.deepEqual(framesToViewer, []);
});

test('a viewer of a lossy channel that does not read is sent one window and is refreshed once it has drained', () => {
  const channel = open('screen');
  const size = 64 * 1024;
  for (let n = 0; n < 100; n++) fromDevice(channel, size, n === 0);
  const sent = framesToViewer.length;
  assert.equal(sent * size, LIMITS.lossyWindow);
  for (let n = 0; n < sent; n++) {
    assert.deepEqual(toAgent, [], 'not before everything arrived');
    channel.creditFromViewer(size);
  }
  assert.deepEqual(toAgent, [{ type: 'channel.lagged', channel: AGENT_ID }]);
  fromDevice(channel, size);
  assert.equal(framesToViewer.length, sent, 'what stands not alone is still skipped');
  fromDevice(channel, size, true);
  assert.equal(framesToViewer.length, sent + 1);
});

test('a viewer that acknowledges what it never got is found out', () => {
  const channel = open('screen');
  fromDevice(channel, 10, true);
  assert.throws(() => channel.creditFromViewer(11), { code: 'credit.exceeded' });
});

test('a device has no credit to give on a lossy channel', () => {
  open('screen').credit(1);
  assert.equal(ends, 1);
});

test('acknowledgements of a lossy channel are dropped while the device does not read', () => {
  const channel = open('screen');
  channel.fromViewer(Uint8Array.of(1));
  buffered = 10 * 1024 * 1024;
  channel.fromViewer(Uint8Array.of(2));
  assert.equal(framesToAgent.length, 1);
});

test('a channel ends once, whoever ends it and however often, and then carries nothing', () => {
  const channel = open('screen');
  channel.closed('device.offline', 'Gone.');
  channel.closed('device.offline', 'Gone.');
  channel.close('channel.closed');
  fromDevice(channel, 1, true);
  channel.fromViewer(Uint8Array.of(1));
  channel.creditFromViewer(1_000);
  assert.equal(ends, 1);
  assert.equal(toViewer.filter(({ type }) => type === 'channel.closed').length, 1);
  assert.deepEqual(framesToAgent, []);
});
