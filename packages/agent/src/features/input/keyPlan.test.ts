import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeyboardState } from '../../platform/x11/keyboard.ts';
import { indexKeymap, type Key, type Keymap, type KeyType } from '../../platform/x11/keymap.ts';
import { type KeyPlan, type KeyWish, planKey } from './keyPlan.ts';

// A keyboard of two groups (us, ru) with the types of real maps. Bits: Shift 1, Lock 2, Control 4, Alt 8, NumLock 16, AltGr 128.
const [SHIFT, LOCK, CONTROL, NUM, ALTGR] = [1, 2, 4, 16, 128];
const entry = (mods: number, level: number) => ({ mods, level, preserve: 0 });
const types: KeyType[] = [
  { mods: 0, entries: [] },
  { mods: SHIFT, entries: [entry(SHIFT, 1)] },
  { mods: SHIFT | LOCK, entries: [entry(SHIFT, 1), entry(LOCK, 1)] },
  { mods: SHIFT | NUM, entries: [entry(NUM, 1), entry(SHIFT, 1)] },
  { mods: SHIFT | ALTGR, entries: [entry(SHIFT, 1), entry(ALTGR, 2), entry(SHIFT | ALTGR, 3)] },
];
const ONE = 0;
const TWO = 1;
const ALPHABETIC = 2;
const KEYPAD = 3;
const FOUR = 4;

function key(type: number, ...groups: number[][]): Key {
  const width = Math.max(...groups.map((group) => group.length));
  const symbols = groups.flatMap((group) => Array.from({ length: width }, (_, level) => group[level] ?? 0));
  return { groups: groups.length, outOfRange: 'wrap', types: groups.map(() => type), width, symbols };
}

const Code = {
  a: 38,
  c: 54,
  two: 11,
  q: 24,
  shift: 50,
  control: 37,
  altGr: 92,
  tab: 23,
  kp7: 79,
  home: 110,
  ss: 20,
  spare: 250,
};
const keymap: Keymap = {
  types,
  keys: new Map([
    [Code.a, key(ALPHABETIC, [0x61, 0x41], [0x6c6, 0x6e6])],
    [Code.c, key(ALPHABETIC, [0x63, 0x43], [0x6d3, 0x6f3])],
    [Code.two, key(TWO, [0x32, 0x40], [0x32, 0x22])],
    [Code.q, key(FOUR, [0x71, 0x51, 0x20ac, 0])],
    [Code.ss, key(TWO, [0xe9, 0x3f])],
    [Code.tab, key(TWO, [0xff09, 0xfe20])],
    [Code.kp7, key(KEYPAD, [0xff95, 0xffb7])],
    [Code.home, key(ONE, [0xff50])],
    [Code.shift, key(ONE, [0xffe1])],
    [Code.control, key(ONE, [0xffe3])],
    [Code.altGr, key(ONE, [0xfe03])],
  ]),
  modifiers: new Map([
    [Code.shift, SHIFT],
    [Code.control, CONTROL],
    [Code.altGr, ALTGR],
  ]),
};
const map = { keymap, index: indexKeymap(keymap) };

interface Situation extends Partial<KeyboardState> {
  held?: number[];
  spare?: number;
  physical?: number;
  plain?: boolean;
}

function plan(
  keysym: number,
  { held = [], spare, physical, plain = false, ...given }: Situation = {},
): KeyPlan | undefined {
  const { baseMods = 0, latchedMods = 0, lockedMods = 0, group = 0 } = given;
  const mods = baseMods | latchedMods | lockedMods;
  const state = { mods, baseMods, latchedMods, lockedMods, group, lockedGroup: group, baseGroup: 0, latchedGroup: 0 };
  const wish: KeyWish = { keysym, physical, plain };
  return planKey(wish, { map, state, held: new Set(held), spare });
}

/** Steps in short: +50 press, -50 release, lock:mask=mods, group:n, bind:keycode. The key itself in brackets. */
function brief(made: KeyPlan | undefined): string {
  if (!made) return 'nothing';
  const say = (step: KeyPlan['before'][number]): string => {
    if (step.type === 'lock') return `lock:${step.mask}=${step.mods}`;
    if (step.type === 'group') return `group:${step.group}`;
    if (step.type === 'bind') return `bind:${step.keycode}`;
    return `${step.type === 'press' ? '+' : '-'}${step.keycode}`;
  };
  return [...made.before.map(say), `[${made.keycode}]`, ...made.after.map(say)].join(' ');
}

test('a character on the level in force is its key alone', () => {
  assert.equal(brief(plan(0x61)), '[38]');
  assert.equal(brief(plan(0x41, { baseMods: SHIFT, held: [Code.shift] })), '[38]');
});

test('Shift and AltGr are held for the moment of the press', () => {
  assert.equal(brief(plan(0x40)), '+50 [11] -50');
  assert.equal(brief(plan(0x20ac)), '+92 [24] -92');
});

test('a Shift in the way is let go and held again', () => {
  assert.equal(brief(plan(0x32, { baseMods: SHIFT, held: [Code.shift] })), '-50 [11] +50');
  assert.equal(brief(plan(0x20ac, { baseMods: SHIFT, held: [Code.shift] })), '-50 +92 [24] -92 +50');
});

test('an AltGr that the viewer needed for the character is let go where it means nothing here', () => {
  assert.equal(brief(plan(0x40, { baseMods: ALTGR, held: [Code.altGr] })), '-92 +50 [11] -50 +92');
});

test('a Shift that somebody else holds cannot be let go, so a spare keycode types it', () => {
  assert.equal(brief(plan(0x32, { baseMods: SHIFT, spare: Code.spare })), 'bind:250 [250]');
  assert.equal(brief(plan(0x32, { baseMods: SHIFT })), 'nothing');
});

test('CapsLock is respected: letters are shifted against it, what it would spoil is typed with it off', () => {
  assert.equal(brief(plan(0x41, { lockedMods: LOCK })), '[38]');
  assert.equal(brief(plan(0x61, { lockedMods: LOCK })), '+50 [38] -50');
  // This é is on a key that leaves CapsLock to the program, which would make É of it.
  assert.equal(brief(plan(0xe9, { lockedMods: LOCK })), 'lock:2=0 [20] lock:2=2');
  assert.equal(brief(plan(0x40, { lockedMods: LOCK })), '+50 [11] -50');
});

test('the group in force goes first, another one is locked for the moment', () => {
  assert.equal(brief(plan(0x6d3, { group: 1 })), '[54]');
  assert.equal(brief(plan(0x32, { group: 1 })), '[11]');
  assert.equal(brief(plan(0x63, { group: 1 })), 'group:0 [54] group:1');
  assert.equal(brief(plan(0x0100_0441)), 'group:1 [54] group:0');
});

test('a shortcut that the layout in force lacks is the key at the same place', () => {
  const control = { baseMods: CONTROL, held: [Code.control] };
  assert.equal(brief(plan(0x6d3, { ...control, physical: Code.c })), '[54]');
  assert.equal(brief(plan(0x7e1, { ...control, physical: Code.a, spare: Code.spare })), '[38]');
  assert.equal(brief(plan(0x61, { ...control, physical: Code.q })), '[38]');
});

test('inserted text lets go of Ctrl', () => {
  assert.equal(brief(plan(0x61, { baseMods: CONTROL, held: [Code.control], plain: true })), '-37 [38] +37');
});

test('what no layout has is bound to a spare keycode, with CapsLock off when it matters', () => {
  assert.equal(brief(plan(0x0100_6f22, { spare: Code.spare })), 'bind:250 [250]');
  assert.equal(brief(plan(0x0100_6f22, { spare: Code.spare, lockedMods: LOCK })), 'bind:250 [250]');
  assert.equal(brief(plan(0xf1, { spare: Code.spare, lockedMods: LOCK })), 'bind:250 lock:2=0 [250] lock:2=2');
  assert.equal(brief(plan(0x0100_6f22)), 'nothing');
});

test('Tab stays Tab with Shift, and keys that type nothing touch no modifier', () => {
  assert.equal(brief(plan(0xff09, { baseMods: SHIFT, held: [Code.shift] })), '[23]');
  assert.equal(brief(plan(0xff50, { baseMods: CONTROL | SHIFT, held: [Code.control, Code.shift] })), '[110]');
  assert.equal(brief(plan(0xffe1)), '[50]');
});

test('keypad digits are digits and its arrows arrows, whatever NumLock is', () => {
  assert.equal(brief(plan(0xffb7, { lockedMods: NUM })), '[79]');
  assert.equal(brief(plan(0xffb7)), '+50 [79] -50');
  assert.equal(brief(plan(0xff95)), '[79]');
  assert.equal(brief(plan(0xff95, { lockedMods: NUM })), '[110]');
});

test('keys that the map lacks: the twin, the same place, or nothing', () => {
  assert.equal(brief(plan(0xffe2)), '[50]');
  assert.equal(brief(plan(0xffea, { physical: 108 })), '[108]');
  assert.equal(brief(plan(0xffea, { spare: Code.spare })), 'nothing');
  assert.equal(brief(plan(0x1008_ff14, { spare: Code.spare })), 'bind:250 [250]');
});

test('an unknown keysym is the key at the same place, or nothing', () => {
  assert.equal(brief(plan(0, { physical: Code.q })), '[24]');
  assert.equal(brief(plan(0)), 'nothing');
});
