import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { german } from './de/german.ts';
import { english } from './en/english.ts';

type Leaf = { path: string; value: string | ((...args: unknown[]) => unknown) };

function leaves(node: unknown, path = ''): Leaf[] {
  if (typeof node === 'string') return [{ path, value: node }];
  if (typeof node === 'function') return [{ path, value: (...args) => Reflect.apply(node, undefined, args) }];
  assert.ok(typeof node === 'object' && node !== null, `${path} is neither a sentence nor a group of them`);
  return Object.entries(node).flatMap(([key, value]) => leaves(value, path === '' ? key : `${path}.${key}`));
}

/** What is said in place of each value: numbers that need the singular, the plural and a separator, and a word. */
const SAMPLES = [0, 1, 2, 12_345, 'Lichthof'];

function said({ value }: Leaf): string[] {
  if (typeof value === 'string') return [value];
  return SAMPLES.map((sample) => String(value(sample, sample, sample, sample)));
}

/** Words that are the same in both languages: names, units, keys, and what German took over. */
const SHARED = new Set(
  (
    'Porthole JPEG WebP JSON SHA p s h min ms GPU ' +
    'C B PID Agent English Deutsch Orange Version Apache License PNG KiB Alt Ctrl Esc Tab Name Terminal Terminals Text Video Monitor Bytes Interpreter Status Palette Online Offline offline ' +
    'System CPU Server Tablet Router Orange Kernel'
  ).split(' '),
);

function isShared(sentence: string): boolean {
  const words = sentence.replaceAll('Lichthof', ' ').match(/\p{L}+/gu) ?? [];
  return words.every((word) => SHARED.has(word));
}

describe('German beside English', () => {
  const inEnglish = new Map(leaves(english).map((leaf) => [leaf.path, leaf]));
  const inGerman = new Map(leaves(german).map((leaf) => [leaf.path, leaf]));

  test('nothing is left in English', () => {
    const left = [...inEnglish.values()].flatMap((leaf) => {
      const other = inGerman.get(leaf.path);
      return said(leaf)
        .filter((sentence, i) => other !== undefined && sentence === said(other)[i] && !isShared(sentence))
        .map((sentence) => `${leaf.path}: ${sentence}`);
    });
    assert.deepEqual(left, []);
  });

  test('every function answers with a sentence, whatever it is told', () => {
    for (const leaf of [...inEnglish.values(), ...inGerman.values()]) {
      for (const sentence of said(leaf)) {
        assert.notEqual(sentence.trim(), '', leaf.path);
        assert.doesNotMatch(sentence, /undefined|\[object|function/, leaf.path);
      }
    }
  });

  test('German addresses nobody, and has its own quotes', () => {
    for (const leaf of inGerman.values()) {
      for (const sentence of said(leaf)) {
        assert.doesNotMatch(sentence, /\b(du|dich|dir|dein\w*|Ihnen|Ihr\w*)\b/, leaf.path);
        assert.doesNotMatch(sentence, /[”"]|“[^“„]*“/, leaf.path);
      }
    }
  });
});
