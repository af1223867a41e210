import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageOf, blocksOf, readBlocks, stampOf } from './strip.ts';

test('a stamp survives being painted and read', () => {
  for (const ms of [0, 1.5, 1_700_000_000_123.4, 1_677_721.5]) {
    assert.equal(readBlocks(blocksOf(stampOf(ms))), stampOf(ms));
  }
});

test('any one wrong block is noticed', () => {
  const blocks = blocksOf(stampOf(1_700_000_000_123.4));
  for (const wrong of blocks.keys()) {
    assert.equal(readBlocks(blocks.map((white, index) => (index === wrong ? !white : white))), undefined);
  }
});

test('a black or a white area is no stamp', () => {
  assert.equal(readBlocks(new Array<boolean>(32).fill(false)), undefined);
  assert.equal(readBlocks(new Array<boolean>(32).fill(true)), undefined);
});

test('the age is right when the stamp has come round meanwhile', () => {
  const painted = 1_677_721.5;
  assert.ok(Math.abs(ageOf(stampOf(painted), painted + 12) - 12) < 0.2);
});
