import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { ALL_ON, type ErrorCode } from '@porthole/protocol';
import { UNARRANGED } from '../../devices/deviceRows.ts';
import type { DeviceDirectory } from '../../devices/directory.ts';
import { LiveDevice } from '../../devices/liveDevice.ts';
import type { ChannelContext } from '../../portals/channelHooks.ts';
import { InputSeats } from './input.ts';

let device: LiveDevice;
let seats: InputSeats;
let changes: number;

beforeEach(() => {
  changes = 0;
  device = new LiveDevice({
    id: 'd',
    publicKey: '',
    name: 'desk',
    description: { hostname: '', system: '', architecture: '', version: '' },
    toggles: ALL_ON,
    ...UNARRANGED,
    facts: null,
    stats: null,
    thumbnail: null,
    lastSeen: 0,
    createdAt: 0,
  });
  const directory = { get: () => device, changed: () => changes++ };
  seats = new InputSeats(directory as unknown as DeviceDirectory);
});

/** A viewer that asks for the seat; `codes` is why it lost it. */
function asking(viewer: string, { take = true, session = viewer } = {}) {
  const codes: ErrorCode[] = [];
  const subject = { sessionId: session, userId: session, username: session, role: 'operator' } as const;
  const context: ChannelContext = {
    device,
    viewer,
    subject,
    params: { take },
    close: (code) => {
      codes.push(code);
      seats.closed(context);
    },
  };
  return { context, codes };
}

function inControl(): string[] {
  return device.viewers.filter(({ controlling }) => controlling).map(({ id }) => id);
}

test('the first gets the seat, a polite second is told it is taken, one that insists takes it', () => {
  const [ann, bob] = [asking('ann'), asking('bob', { take: false })];
  seats.opening(ann.context);
  assert.throws(() => seats.opening(bob.context), { code: 'control.busy' });
  assert.deepEqual([inControl(), ann.codes], [['ann'], []]);
  const eve = asking('eve');
  seats.opening(eve.context);
  assert.deepEqual([inControl(), ann.codes], [['eve'], ['control.taken']]);
});

test('whoever lost the seat cannot vacate it for the one who has it', () => {
  const [ann, eve] = [asking('ann'), asking('eve')];
  seats.opening(ann.context);
  seats.opening(eve.context);
  seats.closed(ann.context);
  assert.deepEqual(inControl(), ['eve']);
  seats.closed(eve.context);
  assert.deepEqual(inControl(), []);
  assert.deepEqual(device.viewers, []);
});

test('a viewer may open its own seat anew without insisting', () => {
  const first = asking('ann', { take: false });
  const second = asking('ann', { take: false });
  seats.opening(first.context);
  seats.opening(second.context);
  assert.deepEqual([inControl(), first.codes, second.codes], [['ann'], ['control.taken'], []]);
});

test('only who has the seat can give it, and only to somebody who watches', () => {
  const ann = asking('ann');
  seats.opening(ann.context);
  assert.throws(() => seats.give('d', 'ann', 'nobody'), { code: 'viewer.unknown' });
  device.watch('bob', 'bob');
  assert.throws(() => seats.give('d', 'eve', 'bob'), { code: 'control.busy' });
  seats.give('d', 'ann', 'bob');
  assert.deepEqual([inControl(), ann.codes], [[], ['control.given']]);
  assert.throws(() => seats.give('d', 'ann', 'bob'), { code: 'control.busy' });
});

test('every change of hands is news for everybody who sees the device', () => {
  const [ann, eve] = [asking('ann'), asking('eve')];
  seats.opening(ann.context);
  const before = changes;
  seats.opening(eve.context);
  assert.ok(changes > before);
});
