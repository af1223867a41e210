import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunState } from '@porthole/protocol';
import { nextSteps, type Presence } from './nextSteps.ts';

function steps(devices: [RunState, Presence][], situation: { room?: number; now?: number; deadline?: number } = {}) {
  const { room = 10, now = 100, deadline = 1_000 } = situation;
  const named = devices.map(([state], at) => ({ device: String(at), state }));
  const presence = (device: string) => devices[Number(device)]?.[1] ?? 'removed';
  return nextSteps({ devices: named, presence, room, now, createdAt: 0, deadline });
}

test('as many begin as there is room for, in their order, and the others wait for their turn', () => {
  const ready: [RunState, Presence] = ['queued', 'ready'];
  const { start, queue } = steps([ready, ['running', 'ready'], ready, ['done', 'ready'], ready], { room: 2 });
  assert.deepEqual([start, queue], [['0', '2'], ['4']]);
  assert.deepEqual(steps([ready], { room: 0 }).start, []);
});

test('who is offline is waited for until the deadline, and takes nobody’s turn', () => {
  const devices: [RunState, Presence][] = [
    ['queued', 'offline'],
    ['waiting', 'offline'],
    ['waiting', 'ready'],
  ];
  assert.deepEqual(steps(devices, { room: 1 }), { start: ['2'], wait: ['0', '1'], queue: [], fail: [] });
  const late = steps(devices, { now: 1_000 });
  assert.deepEqual(
    late.fail.map(({ error }) => error),
    ['run.expired', 'run.expired'],
  );
});

test('without waiting, who is offline has failed; who is about to connect gets a moment, and who is removed does not', () => {
  const devices: [RunState, Presence][] = [
    ['queued', 'offline'],
    ['queued', 'connecting'],
    ['queued', 'removed'],
  ];
  const { fail, wait } = steps(devices, { deadline: 0 });
  assert.deepEqual([fail.map(({ error }) => error), wait], [['device.offline', 'device.removed'], ['1']]);
  assert.equal(steps(devices, { deadline: 0, now: 10_000 }).fail.length, 3);
});
