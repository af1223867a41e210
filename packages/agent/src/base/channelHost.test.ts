import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { beforeEach, test } from 'node:test';
import {
  CAPABILITIES,
  type Capability,
  decodeFrame,
  FEATURE_NAMES,
  type FeatureName,
  type Frame,
  type fromAgent,
  type Grant,
  grantProof,
  LIMITS,
  type MessageOf,
  PortholeError,
  WireError,
} from '@porthole/protocol';
import { ChannelHost, type FeatureHandler, type HostChannel } from './channelHost.ts';

const DEVICE = 'a'.repeat(26);
const BINDING = 'this connection';
const hub = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');

function rawKey({ publicKey }: { publicKey: KeyObject }): string {
  return publicKey.export({ format: 'jwk' }).x ?? '';
}

let allowed: Set<Capability>;
let off: Set<FeatureName>;
let sent: MessageOf<typeof fromAgent>[];
let frames: Frame[];
let opened: HostChannel[];
let closed: number[];
let heard: Uint8Array[];
let react: (payload: Uint8Array) => void | Promise<void>;
let host: ChannelHost;

const handler: FeatureHandler = {
  open(channel) {
    opened.push(channel);
    channel.accept();
    return {
      message: (payload) => {
        heard.push(payload);
        return react(payload);
      },
      closed: () => closed.push(channel.id),
    };
  },
};

beforeEach(() => {
  allowed = new Set(CAPABILITIES);
  off = new Set();
  [sent, frames, opened, closed, heard] = [[], [], [], [], []];
  react = () => undefined;
  host = makeHost();
  host.reset(BINDING);
});

function makeHost(kind: 'interactive' | 'bulk' = 'interactive'): ChannelHost {
  return new ChannelHost({
    deviceId: DEVICE,
    hubKey: rawKey(hub),
    kind,
    policy: { allows: (capability) => allowed.has(capability), programs: {} },
    isOn: (feature) => !off.has(feature),
    handlers: Object.fromEntries(FEATURE_NAMES.map((name) => [name, handler])) as Record<FeatureName, FeatureHandler>,
    carrier: {
      send: (message) => sent.push(message),
      sendFrame: (frame) => frames.push(decodeFrame(frame)),
    },
  });
}

function grant(change: Partial<Grant> = {}, { key = hub.privateKey, binding = BINDING } = {}): Grant {
  const unsigned = {
    device: DEVICE,
    channel: 1,
    feature: 'screen' as FeatureName,
    viewer: 'v',
    user: 'ann',
    issued: 0,
    nonce: randomBytes(32).toString('base64url'),
    ...change,
  };
  const signature = sign(null, Buffer.from(grantProof(unsigned, binding)), key).toString('base64url');
  return { ...unsigned, signature };
}

function codes(): string[] {
  return sent.flatMap((message) => (message.type === 'channel.closed' ? [message.code] : []));
}

const SCREEN = { monitor: '' };

test('a channel opens for a grant of the pinned hub, made for this connection', () => {
  host.open(grant(), SCREEN);
  assert.deepEqual(sent, [{ type: 'channel.opened', channel: 1 }]);
  assert.deepEqual([opened[0]?.user, opened[0]?.viewer, opened[0]?.feature], ['ann', 'v', 'screen']);
});

test('a grant signed by another key, for another connection or another device is refused', () => {
  host.open(grant({}, { key: stranger.privateKey }), SCREEN);
  host.open(grant({}, { binding: 'another connection' }), SCREEN);
  host.open(grant({ device: 'b'.repeat(26) }), SCREEN);
  assert.deepEqual(codes(), ['grant.invalid', 'grant.invalid', 'grant.invalid']);
  assert.equal(opened.length, 0);
});

test('a grant of which any single field was changed after signing is refused', () => {
  const changes: Partial<Grant>[] = [
    { channel: 2 },
    { feature: 'input' },
    { viewer: 'w' },
    { user: 'bob' },
    { issued: 1 },
    { nonce: 'x'.repeat(43) },
    { signature: 'A'.repeat(86) },
  ];
  for (const change of changes) host.open({ ...grant(), ...change }, SCREEN);
  assert.deepEqual(new Set(codes()), new Set(['grant.invalid']));
  assert.equal(codes().length, changes.length);
  assert.equal(opened.length, 0);
});

test('a grant works once: replayed, or with a number used before, it is refused, even after the channel closed', () => {
  const once = grant({ channel: 5 });
  host.open(once, SCREEN);
  host.open(once, SCREEN);
  host.release(5);
  host.open(once, SCREEN);
  host.open(grant({ channel: 4 }), SCREEN);
  assert.equal(opened.length, 1);
  assert.deepEqual(codes(), ['grant.invalid', 'grant.invalid', 'grant.invalid']);
  host.open(grant({ channel: 6 }), SCREEN);
  assert.equal(opened.length, 2);
});

test('a grant that was refused for its signature does not use its number up', () => {
  host.open(grant({ channel: 9 }, { key: stranger.privateKey }), SCREEN);
  host.open(grant({ channel: 3 }), SCREEN);
  assert.equal(opened.length, 1);
});

test('after a reconnect the grants of the connection before are void', () => {
  const early = grant({ channel: 1 });
  host.open(early, SCREEN);
  host.reset('a new connection');
  assert.deepEqual(closed, [1]);
  host.open(early, SCREEN);
  assert.deepEqual(codes(), ['grant.invalid']);
  host.open(grant({ channel: 1 }, { binding: 'a new connection' }), SCREEN);
  assert.equal(opened.length, 2);
});

test("the owner's policy, a toggle, the wrong connection and wrong parameters each refuse a good grant", () => {
  allowed.delete('view');
  host.open(grant({ channel: 1 }), SCREEN);
  allowed.add('view');
  off.add('screen');
  host.open(grant({ channel: 2 }), SCREEN);
  off.clear();
  host.open(grant({ channel: 3, feature: 'thumbnail' }), { maxWidth: 100, intervalMs: 1000 });
  host.open(grant({ channel: 4 }), {});
  host.open(grant({ channel: 5 }), { monitor: '', more: 1 });
  host.open(grant({ channel: 6 }), { monitor: 'x'.repeat(65) });
  assert.deepEqual(codes(), [
    'policy.denied',
    'feature.off',
    'request.invalid',
    'request.invalid',
    'request.invalid',
    'request.invalid',
  ]);
  assert.equal(opened.length, 0);
});

test('every capability that the owner withholds closes every feature that needs it', () => {
  const samples: Record<FeatureName, Record<string, string | number | boolean>> = {
    screen: SCREEN,
    input: { take: true },
    stats: { operation: 'sample', intervalMs: 1000 },
    thumbnail: { maxWidth: 100, intervalMs: 1000 },
    files: { operation: 'list' },
    terminal: { operation: 'list' },
    commands: {},
    power: { id: 'i'.repeat(22), action: 'lock' },
  };
  allowed.clear();
  for (const kind of ['interactive', 'bulk'] as const) {
    host = makeHost(kind);
    host.reset(BINDING);
    for (const [at, feature] of FEATURE_NAMES.entries())
      host.open(grant({ channel: at + 1, feature }), samples[feature]);
  }
  assert.equal(opened.length, 0);
});

test('a listener that throws nonsense loses its channel alone', () => {
  react = () => {
    throw new WireError('nonsense');
  };
  host.open(grant({ channel: 1 }), SCREEN);
  host.open(grant({ channel: 2 }), SCREEN);
  host.receive({ type: 'data', channel: 1, sync: false, payload: Uint8Array.of(1) });
  assert.deepEqual([closed, codes()], [[1], ['message.invalid']]);
  host.receive({ type: 'data', channel: 1, sync: false, payload: Uint8Array.of(1) });
  assert.equal(heard.length, 1, 'a closed channel hears nothing');
});

test('what a reliable channel consumed is granted anew, what a lossy one consumed is not', () => {
  host.open(grant({ channel: 1, feature: 'input' }), { take: true });
  host.open(grant({ channel: 2 }), SCREEN);
  const payload = new Uint8Array(LIMITS.reliableWindow >> 2);
  host.receive({ type: 'data', channel: 2, sync: false, payload });
  assert.deepEqual(frames, []);
  host.receive({ type: 'data', channel: 1, sync: false, payload });
  assert.deepEqual(frames, [{ type: 'credit', channel: 1, bytes: payload.byteLength }]);
});

test('what takes time to be used is granted anew only when it was, and a failure on the way ends the channel alone', async () => {
  host = makeHost('bulk');
  host.reset(BINDING);
  host.open(grant({ channel: 1, feature: 'files' }), { operation: 'write' });
  host.open(grant({ channel: 2, feature: 'files' }), { operation: 'write' });
  const used = Promise.withResolvers<void>();
  react = () => used.promise;
  const payload = new Uint8Array(LIMITS.dataPayload);
  host.receive({ type: 'data', channel: 1, sync: false, payload });
  await Promise.resolve();
  assert.deepEqual(frames, []);
  used.resolve();
  await used.promise;
  assert.deepEqual(frames, [{ type: 'credit', channel: 1, bytes: payload.byteLength }]);
  react = () => Promise.reject(new PortholeError('file.no-space'));
  host.receive({ type: 'data', channel: 1, sync: false, payload });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([closed, codes()], [[1], ['file.no-space']]);
  host.receive({ type: 'data', channel: 2, sync: false, payload });
  host.release(2);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(codes(), ['file.no-space']);
});

test('files ask for the right that the operation needs', () => {
  host = makeHost('bulk');
  host.reset(BINDING);
  allowed.delete('files.write');
  for (const [at, operation] of ['list', 'write', 'remove', 'nonsense'].entries()) {
    host.open(grant({ channel: at + 1, feature: 'files' }), { operation });
  }
  assert.deepEqual([opened.length, codes()], [1, ['policy.denied', 'policy.denied', 'request.invalid']]);
});

test('switching a feature off closes its channels with that reason, and no others', () => {
  host.open(grant({ channel: 1 }), SCREEN);
  host.open(grant({ channel: 2, feature: 'input' }), { take: true });
  host.open(grant({ channel: 3 }), SCREEN);
  off.add('screen');
  host.closeOff();
  assert.deepEqual(
    [closed, codes()],
    [
      [1, 3],
      ['feature.off', 'feature.off'],
    ],
  );
});

test('frames and words for channels that do not exist are ignored', () => {
  host.receive({ type: 'data', channel: 77, sync: false, payload: new Uint8Array(0) });
  host.receive({ type: 'credit', channel: 77, bytes: 1 });
  host.lagged(77);
  host.release(77);
  assert.deepEqual([sent, frames], [[], []]);
});

test('a feature that ends its channel twice, or after the hub did, says so once at most', () => {
  host.open(grant({ channel: 1 }), SCREEN);
  opened[0]?.close('display.lost');
  opened[0]?.close('display.lost');
  host.open(grant({ channel: 2 }), SCREEN);
  host.release(2);
  opened[1]?.close('display.lost');
  assert.deepEqual([closed, codes()], [[1, 2], ['display.lost']]);
});
