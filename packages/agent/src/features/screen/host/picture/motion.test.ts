import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rect } from '@porthole/protocol';
import { intersect } from './dirtyRegion.ts';
import { Motion } from './motion.ts';

const FILM: Rect = { x: 101, y: 99, width: 641, height: 361 };

/** Plays changes at `fps` and answers the regions seen at every step. */
function play(motion: Motion, rects: Rect[], { fps, from, ms }: { fps: number; from: number; ms: number }) {
  const regions: (Rect | undefined)[] = [];
  for (let now = from; now < from + ms; now += 1000 / fps) {
    motion.changed(rects, now);
    regions.push(motion.region(now));
  }
  return regions;
}

test('a film becomes a region of even place and size inside itself, and stays the same one', () => {
  const motion = new Motion(1920, 1080);
  const regions = play(motion, [FILM], { fps: 30, from: 0, ms: 3_000 });
  assert.equal(regions[0], undefined, 'one picture is no film');
  const region = regions.at(-1);
  assert.deepEqual(region, { x: 102, y: 100, width: 640, height: 360 });
  assert.ok(regions.slice(30).every((each) => each === region));
});

test('what changes now and then, or is small, is no film', () => {
  assert.equal(play(new Motion(1920, 1080), [FILM], { fps: 2, from: 0, ms: 5_000 }).at(-1), undefined);
  const blinking = { x: 0, y: 0, width: 200, height: 100 };
  assert.equal(play(new Motion(1920, 1080), [blinking], { fps: 60, from: 0, ms: 2_000 }).at(-1), undefined);
});

test('a film of which a slow link shows a few pictures a second is one all the same', () => {
  assert.ok(play(new Motion(1920, 1080), [FILM], { fps: 4, from: 0, ms: 2_000 }).at(-1));
});

test('a film that ends is forgotten, and one that moves elsewhere gets a region there', () => {
  const motion = new Motion(1920, 1080);
  play(motion, [FILM], { fps: 30, from: 0, ms: 2_000 });
  assert.equal(motion.region(5_000), undefined);
  const elsewhere = { x: 1000, y: 600, width: 640, height: 360 };
  assert.deepEqual(play(motion, [elsewhere], { fps: 30, from: 5_000, ms: 2_000 }).at(-1), elsewhere);
});

test('a clock beside a film is not part of its region', () => {
  const clock = { x: 1400, y: 0, width: 300, height: 16 };
  const region = play(new Motion(1920, 1080), [FILM, clock], { fps: 30, from: 0, ms: 2_000 }).at(-1);
  assert.deepEqual(region, { x: 102, y: 100, width: 640, height: 360 });
});

test('a region that goes on while nothing changes stays on the display', () => {
  const motion = new Motion(480, 320);
  const corner = { x: 100, y: 60, width: 380, height: 260 };
  play(motion, [corner], { fps: 30, from: 0, ms: 2_000 });
  for (let now = 2_000; now < 4_000; now += 20) {
    const region = motion.region(now);
    if (region) assert.deepEqual(intersect(region, { x: 0, y: 0, width: 480, height: 320 }), region);
  }
});

test('a display of odd size is a region without its last row and column', () => {
  const whole = { x: 0, y: 0, width: 801, height: 601 };
  const region = play(new Motion(801, 601), [whole], { fps: 30, from: 0, ms: 1_000 }).at(-1);
  assert.deepEqual(region, { x: 0, y: 0, width: 800, height: 600 });
});
