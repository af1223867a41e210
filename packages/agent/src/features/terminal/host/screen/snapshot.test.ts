import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomNumbers, randomStream } from '../../../../testing/randomStream.ts';
import { screenDump } from '../../../../testing/screenDump.ts';
import { characterEnd } from '../characterEnd.ts';
import { Emulator } from './emulator.ts';
import { Screen, type ScreenPicture } from './screen.ts';

const SIZE = { columns: 80, rows: 24 };

function play(bytes: Uint8Array): Emulator {
  const emulator = new Emulator(SIZE);
  emulator.write(bytes);
  return emulator;
}

function follow({ size, steps }: ScreenPicture, rest: Uint8Array): Emulator {
  const emulator = new Emulator(size);
  for (const step of [...steps, rest]) {
    if (step instanceof Uint8Array) emulator.write(step);
    else emulator.resize(step);
  }
  return emulator;
}

/** Leaves at `cut` and comes back at once: the same as never having left. */
function assertSame(stream: Uint8Array, cut: number, name: string): void {
  const screen = new Screen(SIZE);
  screen.write(stream.slice(0, cut));
  while (screen.work());
  const back = follow(screen.picture(), stream.subarray(cut));
  const stayed = play(stream);
  assert.deepEqual(screenDump(back), screenDump(stayed), name);
  for (const one of [screen, back, stayed]) one.close();
}

test('coming back at any point of a random stream is the same as never having left', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const stream = Buffer.from(randomStream(seed, 3_000));
    const random = randomNumbers(seed);
    for (let round = 0; round < 6; round++) {
      // Viewers get whole characters, always.
      const cut = characterEnd(stream, Math.floor(random() * stream.byteLength));
      assertSame(stream, cut, `seed ${seed}, cut at ${cut} of ${stream.byteLength}`);
    }
  }
});

const STATES: Record<string, string> = {
  'a link that goes on': '\x1b]8;id=a;https://example.org/\x1b\\text',
  'a link without an id': '\x1b]8;;https://example.org/\x1b\\text\x1b]8;;\x1b\\ after',
  'a character that more may join': 'e',
  'a cursor beyond the last column': `${'x'.repeat(80)}`,
  'a cursor beyond the last column, with another pen': `${'x'.repeat(80)}\x1b[31m`,
  inserting: 'abc\x1b[1;2H\x1b[4hX',
  'no wrapping': `\x1b[?7l${'x'.repeat(90)}`,
  'a set of characters that a restored cursor brought back': '\x1b(0\x1b7\x1b(Bab\x1b8',
  'origin within margins': '\x1b[5;9r\x1b[?6h\x1b[2;3Hx',
  'its own tab stops': '\x1b[3g\x1b[1;5H\x1bH\x1b[1;20H\x1bH',
  'a wide character that did not fit': `${'x'.repeat(79)}漢`,
  'a wrapped line whose end was erased': `${'x'.repeat(100)}\x1b[1;70H\x1b[K`,
  'both buffers': `one\x1b7\x1b[?1049htwo\x1b[3;3H`,
  'half of a wide character': '\x1b[44m漢字\x1b[1;2H.',
  'a sequence that is cut': 'a\x1b[3',
  'a title that is cut': 'a\x1b]2;title',
};

for (const [name, begin] of Object.entries(STATES)) {
  test(`a picture has ${name}`, () => {
    const bytes = Buffer.from(begin, /[\u0100-\uffff]/.test(begin) ? 'utf8' : 'latin1');
    const rest = Buffer.from(`${name.endsWith('cut') ? '1m' : ''}\u0301 q\t漢\r\n\x1b8x`);
    assertSame(Buffer.concat([bytes, rest]), bytes.byteLength, name);
  });
}
