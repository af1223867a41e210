import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NameTable, namesInOrder } from './nameTable.ts';
import { SortedPrefix } from './sortedPrefix.ts';

test('names are in the order of people', () => {
  const names = ['file 1', 'File 2', 'file 02', 'file 10', 'file 10a', 'Ordner', 'Öl', 'z', 'zebra'];
  assert.deepEqual(namesInOrder([...names].reverse()), [
    'file 1',
    'File 2',
    'file 02',
    'file 10',
    'file 10a',
    'Öl',
    'Ordner',
    'z',
    'zebra',
  ]);
});

test('no two different names are equal, and the order is one: whatever is compared with whatever', () => {
  const alphabet = ['0', '00', '1', '9', '10', 'a', 'A', 'ä', 'Ä', '~', ' ', '日'];
  const names = alphabet.flatMap((a) => alphabet.flatMap((b) => [a, a + b]));
  const unique = namesInOrder([...new Set(names)]);
  const table = new NameTable();
  const numbers = unique.map((name) => table.add(0, name));
  for (const a of numbers) for (const b of numbers) assert.equal(Math.sign(table.compare(a, b)), Math.sign(a - b));
  assert.deepEqual(
    numbers.map((number) => table.nameAt(number)),
    unique,
  );
});

test('a name that is only looked for stands where it would stand, however long it is', () => {
  const table = new NameTable();
  const numbers = ['a', 'c', 'é'.repeat(127)].map((name) => table.add(1, name));
  const sides = (name: string) => numbers.map((number) => Math.sign(table.compare(table.probe(1, name), number)));
  assert.deepEqual(
    [sides('b'), sides('c'), sides('x'.repeat(5_000))],
    [
      [1, -1, -1],
      [1, 0, -1],
      [1, 1, 1],
    ],
  );
  assert.deepEqual([table.add(0, 'x'.repeat(300)), table.size], [0, 3]);
});

for (const [kind, make] of Object.entries({
  random: (at: number) => (at * 7919) % 5_003,
  sorted: (at: number) => at,
  falling: (at: number) => -at,
  equal: () => 1,
  saw: (at: number) => at % 10,
})) {
  test(`a list that is sorted as far as it is looked at is the sorted list: ${kind}`, () => {
    const items = Array.from({ length: 5_000 }, (_, at) => make(at));
    const whole = [...items].sort((a, b) => a - b);
    const prefix = new SortedPrefix([...items], (a, b) => a - b);
    for (const [from, to] of [
      [0, 10],
      [0, 1_500],
      [1_400, 1_600],
      [4_990, 6_000],
    ] as const) {
      assert.deepEqual(prefix.slice(from, to), whole.slice(from, to));
    }
    const middle = whole[2_500] ?? 0;
    assert.equal(
      new SortedPrefix([...items], (a, b) => a - b).countUpTo(middle),
      whole.filter((item) => item <= middle).length,
    );
    assert.equal(new SortedPrefix<number>([], (a, b) => a - b).countUpTo(3), 0);
  });
}
