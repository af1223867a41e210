import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CodingChoice } from './codingChoice.ts';

const FILM = 1280 * 720;

test('a fast link gets images, a slow one video', () => {
  const choose = (rate: number) => new CodingChoice().choose({ pixels: FILM, rate, now: 0 });
  assert.equal(choose(50_000), 'jpeg');
  assert.equal(choose(2_500), 'video');
  assert.equal(choose(625), 'video');
});

test('a link that swings about the limit does not change the means all the time', () => {
  const choice = new CodingChoice();
  const seen: string[] = [];
  for (let now = 0; now < 20_000; now += 33) {
    const rate = now % 66 === 0 ? 9_000 : 10_500;
    seen.push(choice.choose({ pixels: FILM, rate, now }));
  }
  const changes = seen.filter((means, index) => index > 0 && means !== seen[index - 1]).length;
  assert.ok(changes <= 1, `${changes} changes`);
});

test('a link that really changed is followed', () => {
  const choice = new CodingChoice();
  assert.equal(choice.choose({ pixels: FILM, rate: 50_000, now: 0 }), 'jpeg');
  assert.equal(choice.choose({ pixels: FILM, rate: 600, now: 5_000 }), 'video');
  assert.equal(choice.choose({ pixels: FILM, rate: 50_000, now: 10_000 }), 'jpeg');
});

test('a browser that decodes video slowly gets images where the link allows', () => {
  const choice = new CodingChoice();
  const rate = 4_000;
  assert.equal(choice.choose({ pixels: FILM, rate, now: 0 }), 'video');
  for (let count = 0; count < 40; count++) choice.learn('video', FILM, { decodeMs: 120 });
  assert.equal(choice.choose({ pixels: FILM, rate, now: 5_000 }), 'jpeg');
});

test('what is learned is what is expected', () => {
  const choice = new CodingChoice();
  for (let count = 0; count < 60; count++) choice.learn('jpeg', FILM, { bytes: 90_000, codeMs: 5, decodeMs: 6 });
  assert.ok(Math.abs(choice.bytesOf('jpeg', FILM) - 90_000) < 1_000);
  assert.ok(Math.abs(choice.timeOf('jpeg', FILM, 9_000) - 21) < 1);
  choice.learn('jpeg', 0, { bytes: 5 });
  assert.ok(Number.isFinite(choice.bytesOf('jpeg', FILM)));
});
