import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { DEVICE_COLOURS } from '@porthole/protocol';

type Scheme = 'light' | 'dark';

/** Every colour that the style sheets name, in both schemes. */
const COLOURS = new Map(
  ['theme.css', 'accents.css']
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .flatMap((css) => [...css.matchAll(/(--[\w-]+): (?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));/g)])
    .map(([, name = '', light, dark, both = '']) => [name, { light: light ?? both, dark: dark ?? both }]),
);

function colour(name: string, scheme: Scheme): string {
  const found = COLOURS.get(name);
  assert.ok(found, `${name} is a colour of the style sheets`);
  return found[scheme];
}

/** Relative luminance of `#rrggbb`, as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['--page', '--surface', '--raised', '--hover', '--sunken'];
/** What WCAG AA asks for: of words, and of shapes. */
const WORDS = 4.5;
const SHAPES = 3;

function assertContrast(fore: string, back: string, least: number): void {
  const found = contrast(fore, back);
  assert.ok(found >= least, `${fore} on ${back} has ${found.toFixed(2)}, and ${least} is needed`);
}

for (const scheme of ['light', 'dark'] as const) {
  describe(`colours in the ${scheme} scheme`, () => {
    for (const name of DEVICE_COLOURS) {
      test(`${name} is readable on every ground and on its own soft one`, () => {
        const words = colour(`--colour-${name}`, scheme);
        for (const ground of GROUNDS) assertContrast(words, colour(ground, scheme), WORDS);
        assertContrast(words, colour(`--soft-${name}`, scheme), WORDS);
        assertContrast(colour('--text', scheme), colour(`--soft-${name}`, scheme), WORDS);
      });

      test(`white is readable on ${name}, and a button of it stands out`, () => {
        assertContrast('#ffffff', colour(`--fill-${name}`, scheme), WORDS);
        assertContrast('#ffffff', colour(`--fill-${name}-hover`, scheme), WORDS);
        for (const ground of ['--page', '--surface', '--raised']) {
          assertContrast(colour(`--fill-${name}`, scheme), colour(ground, scheme), SHAPES);
        }
      });
    }

    test('words and states are readable on every ground', () => {
      for (const name of ['--text', '--dim', '--ok', '--warn', '--bad']) {
        for (const ground of GROUNDS) assertContrast(colour(name, scheme), colour(ground, scheme), WORDS);
      }
    });
  });
}

test('contrast is counted as the standard has it', () => {
  assert.equal(contrast('#ffffff', '#000000'), 21);
  assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48');
});

test('each colour may be the accent', () => {
  const css = readFileSync(join(import.meta.dirname, 'accents.css'), 'utf8');
  for (const name of DEVICE_COLOURS)
    assert.ok(css.includes(`:root[data-accent="${name}"] {\n  --accent: var(--colour-${name});`));
});
