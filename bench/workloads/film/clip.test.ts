import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { type Clip, renderClip } from './clip.ts';

const CLIP: Clip = { width: 320, height: 180, frames: 4 };

function hashes(clip: Clip): string[] {
  return Array.from(renderClip(clip), (pixels) => createHash('sha1').update(pixels).digest('hex'));
}

test('the film is the same every time, and no frame is like another', () => {
  const first = hashes(CLIP);
  assert.equal(new Set(first).size, CLIP.frames);
  assert.deepEqual(hashes(CLIP), first);
});

test('the film has all brightnesses and no unpainted pixel', () => {
  for (const pixels of renderClip({ ...CLIP, frames: 1 })) {
    const greens = Uint8Array.from({ length: pixels.length / 4 }, (_, index) => pixels[index * 4 + 1] ?? 0);
    assert.ok(Math.max(...greens) - Math.min(...greens) > 120);
    assert.ok(greens.filter((green) => green === 0).length < greens.length / 100);
  }
});
