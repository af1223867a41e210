import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomNumbers, randomStream } from '../../../../testing/randomStream.ts';
import { screenDump } from '../../../../testing/screenDump.ts';
import { Emulator } from './emulator.ts';
import { MAX_KEPT, WholeSequences } from './wholeSequences.ts';

function passed(whole: WholeSequences, text: string | Uint8Array): string {
  return whole
    .push(Buffer.from(text as string))
    .map((piece) => Buffer.from(piece).toString('latin1'))
    .join('');
}

const SEQUENCES = [
  '\x1b[31m',
  '\x1b[?1;2$p',
  '\x1b]0;title\x07',
  '\x1b]8;;https://example.org/\x1b\\',
  '\x1bP$qm\x1b\\',
  '\x1b_any text\x1b\\',
  '\x1b(0',
  '\x1b#8',
  '\u009b1m',
  '\u009dtitle\u009c',
  'é',
  '漢',
  '👩',
];

for (const sequence of SEQUENCES) {
  test(`${JSON.stringify(sequence)} is passed on as a whole, wherever it is cut`, () => {
    const bytes = Buffer.from(`a${sequence}b`);
    for (let cut = 1; cut < bytes.byteLength; cut++) {
      const whole = new WholeSequences();
      const first = passed(whole, bytes.subarray(0, cut));
      const rest = Buffer.from(whole.rest).toString('latin1');
      assert.equal(first + rest, bytes.toString('latin1', 0, cut));
      const isInside = cut > 1 && cut < bytes.byteLength - 1;
      assert.equal(first, isInside ? 'a' : bytes.toString('latin1', 0, cut));
      assert.equal(first + passed(whole, bytes.subarray(cut)), bytes.toString('latin1'));
    }
  });
}

test('nothing is lost or changed, however a stream is cut', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const stream = Buffer.from(randomStream(seed, 2_000));
    const random = randomNumbers(seed);
    const whole = new WholeSequences();
    const out: Uint8Array[] = [];
    for (let at = 0; at < stream.byteLength; ) {
      const end = at + 1 + Math.floor(random() * 40);
      out.push(...whole.push(stream.subarray(at, end)).map((piece) => Uint8Array.from(piece)));
      at = end;
    }
    assert.deepEqual(Buffer.concat([...out, whole.rest]), stream, `seed ${seed}`);
  }
});

for (const [name, begin, end] of [
  ['a title', '\x1b]2;', '\x07'],
  ['a device control string', '\x1bPq', '\x1b\\'],
  ['a sequence with many numbers', '\x1b[1;', 'm'],
] as const) {
  test(`${name} without an end is given up, and what follows its end is not`, () => {
    const whole = new WholeSequences();
    const body = '1;'.repeat(MAX_KEPT);
    assert.equal(passed(whole, begin + body), '');
    assert.ok(whole.rest.byteLength < 16);
    const late = new Emulator({ columns: 20, rows: 2 });
    late.write(whole.rest);
    const rest = `${body}${end}after`;
    late.write(rest);
    const stayed = new Emulator({ columns: 20, rows: 2 });
    stayed.write(passed(whole, rest));
    assert.match(stayed.terminal.buffer.active.getLine(0)?.translateToString(true) ?? '', /^after$/);
    assert.deepEqual(screenDump(late), screenDump(stayed));
  });
}
