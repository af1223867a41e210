import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QueryFilter } from './queryFilter.ts';

const ESC = '\u001b';

function shown(text: string | Uint8Array, step = Number.POSITIVE_INFINITY): string {
  const filter = new QueryFilter();
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.byteLength; at += step) parts.push(filter.filter(bytes.subarray(at, at + step)));
  return Buffer.concat(parts).toString('utf8');
}

test('what draws is passed on as it is, wherever it is cut', () => {
  const text = `${ESC}[1;31mgrüße \u{1f600}${ESC}[0m\r\n${ESC}[?1049h${ESC}[2J${ESC}(B${ESC}[?25l${ESC}[>4;1m${ESC}7${ESC}[ q${ESC}[23;0;0t`;
  for (const step of [1, 2, 3, 1000]) assert.equal(shown(text, step), text);
});

test('nothing that a terminal would answer, print or run comes through', () => {
  const csi = [
    'c',
    '0c',
    '>c',
    '=c',
    '5n',
    '6n',
    '?6n',
    '?1$p',
    '4$p',
    'x',
    '>q',
    '?u',
    '1;1;1;1;1;1*y',
    '5i',
    '21t',
    '14t',
    '8;50;50t',
    '2$u',
    '?1;1S',
    '?4m',
    '1$w',
  ];
  const strings = [
    `]52;c;aGk=${ESC}\\`,
    ']52;c;?\u0007',
    ']10;?\u0007',
    ']4;1;?\u0007',
    ']11;?\u0007',
    ']1337;File=:AA\u0007',
    ']9;hi\u0007',
    `P$qm${ESC}\\`,
    `P+q544e${ESC}\\`,
    `_Gq${ESC}\\`,
    `^x${ESC}\\`,
    `Xx${ESC}\\`,
    ']50;?\u0007',
    'Z',
  ];
  for (const text of [
    ...csi.map((end) => `${ESC}[${end}`),
    ...strings.map((rest) => `${ESC}${rest}`),
    '\u0005',
    '\u009b6n',
    '\u009d52;c;?\u009c',
  ]) {
    for (const step of [1, 2, 1000]) {
      const left = shown(`a${text}b`, step);
      assert.ok(!left.includes(ESC) && !/[\p{Cc}]/u.test(left), JSON.stringify([text, left]));
      assert.ok(left.startsWith('a') && left.endsWith('b'));
    }
  }
});

test('titles are cut, links lead to the web alone, and colours are set', () => {
  assert.equal(shown(`${ESC}]0;${'t'.repeat(5_000)}\u0007`).length, 2 + 2 + 256 + 1);
  assert.equal(shown(`${ESC}]8;;https://a.test/ü${ESC}\\x`), `${ESC}]8;;https://a.test/ü\u0007x`);
  assert.equal(shown(`${ESC}]8;id=1;javascript:alert(1)\u0007x`), `${ESC}]8;;\u0007x`);
  assert.equal(shown(`${ESC}]11;#000000\u0007`), `${ESC}]11;#000000\u0007`);
});

test('what never ends holds nothing up for ever, and takes no room', () => {
  assert.equal(shown(`${ESC}]0;${'t'.repeat(10_000_000)}\u0007after`), 'after');
  assert.equal(shown(`${ESC}[${'1;'.repeat(100_000)}mafter`), 'after');
  assert.equal(shown(`${ESC}]0;begun\u0018after`), 'after');
  assert.equal(shown(`${ESC}]0;begun${ESC}[1mafter`), `${ESC}[1mafter`);
});
