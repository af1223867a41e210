import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Cast } from './asciicast.ts';
import { ReplayPlayer } from './replayPlayer.ts';

const SIZE = { columns: 80, rows: 24 };
const CAST: Cast = {
  size: SIZE,
  events: [
    { at: 1, type: 'output', text: 'a' },
    { at: 2, type: 'output', text: 'b' },
    { at: 2, type: 'size', size: { columns: 100, rows: 30 } },
    { at: 3, type: 'output', text: 'c' },
  ],
  length: 3,
  cut: false,
};

let drawn: string[];
let now: number;
let frame: (() => void) | undefined;
let player: ReplayPlayer;

beforeEach(() => {
  [drawn, now, frame] = [[], 0, undefined];
  const screen = {
    begin: () => drawn.push('begin'),
    resize: ({ columns }: { columns: number }) => void drawn.push(`to ${columns}`),
    ready: () => undefined,
    write: async (bytes: Uint8Array) => void drawn.push(new TextDecoder().decode(bytes)),
  };
  const next = (run: () => void) => {
    frame = run;
    return () => {
      frame = undefined;
    };
  };
  player = new ReplayPlayer({ cast: CAST, screen, now: () => now, frame: next });
});

async function pass(seconds: number): Promise<void> {
  now += seconds * 1000;
  const run = frame;
  frame = undefined;
  run?.();
  await turn();
}

test('output comes at its time, and playing ends with the recording', async () => {
  player.play();
  await pass(0.5);
  assert.deepEqual(drawn, ['begin']);
  await pass(0.6);
  await pass(1);
  assert.deepEqual(drawn, ['begin', 'a', 'b', 'to 100']);
  await pass(5);
  assert.deepEqual(drawn.at(-1), 'c');
  assert.deepEqual(player.state.get(), { position: 3, playing: false, speed: 1 });
});

test('a pause stands still, and another speed goes at that speed', async () => {
  player.play();
  player.setSpeed(2);
  await pass(0.5);
  assert.equal(player.state.get().position, 1);
  player.pause();
  await pass(9);
  assert.equal(player.state.get().position, 1);
});

test('seeking forwards draws what lies between at once, seeking backwards begins anew', async () => {
  player.seek(3);
  await turn();
  assert.deepEqual(drawn, ['begin', 'ab', 'to 100', 'c']);
  player.seek(1);
  await turn();
  assert.deepEqual(drawn.slice(4), ['begin', 'a']);
});

test('playing at the end begins again', async () => {
  player.seek(3);
  player.play();
  assert.equal(player.state.get().position, 0);
});
