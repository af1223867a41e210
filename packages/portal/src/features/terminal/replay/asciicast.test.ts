import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CastReader } from './asciicast.ts';

const HEADER = '{"version":2,"width":80,"height":24,"timestamp":1700000000,"env":{"TERM":"xterm"}}';

function read(...portions: string[]) {
  const reader = new CastReader();
  for (const portion of portions) reader.add(portion);
  return reader.end();
}

test('a recording is read whatever the portions in which it comes', () => {
  const text = `${HEADER}\n[0.5,"o","a\\u001b[1m"]\n[1.25,"r","100x30"]\n[2,"i","secret"]\n[3,"o","é"]\n`;
  const whole = read(text);
  assert.deepEqual(whole, {
    size: { columns: 80, rows: 24 },
    events: [
      { at: 0.5, type: 'output', text: 'a\u001b[1m' },
      { at: 1.25, type: 'size', size: { columns: 100, rows: 30 } },
      { at: 3, type: 'output', text: 'é' },
    ],
    length: 3,
    cut: false,
  });
  assert.deepEqual(read(...text), whole);
});

test('a line that was not written to its end ends the recording there, and says so', () => {
  const cast = read(`${HEADER}\n[1,"o","a"]\n[2,"o","b`);
  assert.deepEqual([cast?.events.length, cast?.cut], [1, true]);
});

test('what is no recording is none', () => {
  for (const text of [
    '',
    'hello',
    '[]',
    '{"version":1,"width":80,"height":24}',
    '{"version":2,"width":0,"height":9e9}',
  ]) {
    assert.equal(read(`${text}\n[1,"o","a"]\n`), undefined, text);
  }
});

test('times never run backwards, and sizes that cannot be are left out', () => {
  const cast = read(`${HEADER}\n[5,"o","a"]\n[2,"o","b"]\n[6,"r","0x5"]\n[7,"r","99999x2"]\n`);
  assert.deepEqual(
    cast?.events.map(({ at, type }) => [at, type]),
    [
      [5, 'output'],
      [5, 'output'],
    ],
  );
});

test('a recording without end is held to a bound', () => {
  const reader = new CastReader();
  reader.add(`${HEADER}\n`);
  const line = `[1,"o","${'x'.repeat(1024 * 1024)}"]\n`;
  for (let count = 0; count < 80; count += 1) reader.add(line);
  const cast = reader.end();
  assert.equal(cast?.cut, true);
  assert.equal(cast?.events.length, 64);
});
