import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText, type Encoding, encodeText, encodingOf, lineEndOf, seemsText } from './textBytes.ts';

const TEXT = '\ufeffgrüße 🙂\r\n';
const UTF_16LE = Uint8Array.from(Buffer.from(TEXT, 'utf16le'));
const MARKED: [Encoding, Uint8Array][] = [
  ['utf-8', Uint8Array.from(Buffer.from(TEXT))],
  ['utf-16le', UTF_16LE],
  ['utf-16be', Uint8Array.from(Buffer.from(UTF_16LE).swap16())],
];

for (const [encoding, bytes] of MARKED) {
  test(`${encoding} is known, read, and comes back as the same bytes, mark at the beginning included`, () => {
    assert.equal(encodingOf(bytes), encoding);
    assert.equal(seemsText(bytes), true);
    assert.deepEqual(decodeText(bytes, encoding), { text: TEXT, exact: true });
    assert.deepEqual(encodeText(TEXT, encoding), bytes);
  });
}

test('what is no text is shown, and known not to be exact', () => {
  assert.deepEqual(decodeText(Uint8Array.of(0x61, 0xff), 'utf-8'), { text: 'a\ufffd', exact: false });
  assert.deepEqual(decodeText(Uint8Array.of(0x61, 0, 0x00, 0xd8), 'utf-16le'), { text: 'a\ufffd', exact: false });
  assert.deepEqual(decodeText(Uint8Array.of(0x61, 0, 0x62), 'utf-16le'), { text: 'a\ufffd', exact: false });
});

test('the first bytes tell text from anything else', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  for (const text of ['', 'plain\n', '\u001b[31mred\u001b[0m\tand\fform\b', 'grüße'])
    assert.ok(seemsText(bytes(text)), text);
  assert.ok(seemsText(bytes('grüß').subarray(0, -1)), 'a character may be cut off at the end');
  const utf32 = Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0);
  for (const no of [
    utf32,
    Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0),
    bytes('a\0b'),
    Uint8Array.of(0x61, 0xff, 0x61),
  ]) {
    assert.equal(seemsText(no), false);
  }
});

test('the end of the first line is the end of all', () => {
  assert.equal(lineEndOf('a\r\nb\n'), '\r\n');
  assert.equal(lineEndOf('a\nb\r\n'), '\n');
  assert.equal(lineEndOf('a'), '\n');
  assert.equal(lineEndOf('\n'), '\n');
});
