import type { KeyboardState } from '../../platform/x11/keyboard.ts';
import { type Keymap, type KeyPlace, levelOf, Mod, translateKey, typeOf } from '../../platform/x11/keymap.ts';
import { canonicalKeysym, Keysym, upperKeysym } from '../../platform/x11/keysyms.ts';

/** A keyboard map with what is looked up in it again and again. */
export interface PlanMap {
  keymap: Keymap;
  index: ReadonlyMap<number, readonly KeyPlace[]>;
}

/** The keyboard at the moment of a press. `held`: keycodes that this sink holds down. */
export interface KeyboardMoment {
  map: PlanMap;
  state: KeyboardState;
  held: ReadonlySet<number>;
}

/** Costs of an intervention; one key that is pressed or let go costs 1. */
const Cost = { change: 1, lock: 5 } as const;

/** What to change so that a place's level is in force, and what that costs. */
export interface Fix {
  cost: number;
  /** Modifier bits to hold in addition, to let go, and locked ones to turn on or off. */
  hold: number;
  drop: number;
  lockOn: number;
  lockOff: number;
}

/**
 * The fewest changes of modifiers that make `keysym`, which stands at `place`, what programs get. `plain` lets go of Ctrl,
 * Alt and Super too. Undefined when somebody else holds what is in the way.
 */
export function cheapestFix(
  place: KeyPlace,
  { keysym, plain }: { keysym: number; plain: boolean },
  context: KeyboardMoment,
): Fix | undefined {
  const { keymap } = context.map;
  const key = keymap.keys.get(place.keycode);
  if (!key) return undefined;
  const type = typeOf(keymap, key, place.keyGroup);
  const dropped = (textMask(context.map) | (plain ? commandMask(context.map) : 0)) & ~type.mods;
  let best: Fix | undefined;
  for (const subset of subsets(type.mods)) {
    const { level, consumed } = levelOf(type, subset);
    if (level !== place.level) continue;
    const capital = (consumed & Mod.lock) === 0 && upperKeysym(keysym) !== keysym;
    if (capital && (subset & Mod.lock) !== 0) continue;
    const wanted = { on: subset, care: type.mods | dropped | (capital ? Mod.lock : 0) };
    const fix = fixFor(wanted, context);
    if (fix && (!best || fix.cost < best.cost)) best = fix;
  }
  return best;
}

/** How to reach `on` among the bits of `care`; undefined when somebody else holds what is in the way. */
function fixFor({ on, care }: { on: number; care: number }, context: KeyboardMoment): Fix | undefined {
  const { state } = context;
  const fix: Fix = { cost: 0, hold: 0, drop: 0, lockOn: 0, lockOff: 0 };
  for (let bit = 1; bit <= 0x80; bit <<= 1) {
    if ((care & bit) === 0 || (on & bit) === (state.mods & bit)) continue;
    if ((on & bit) !== 0) {
      const holdable = keyThatHolds(bit, context) !== undefined;
      fix[holdable ? 'hold' : 'lockOn'] |= bit;
      fix.cost += holdable ? Cost.change : Cost.lock;
      continue;
    }
    if ((state.latchedMods & bit) !== 0) return undefined;
    if ((state.baseMods & bit) !== 0) {
      if (heldFor(bit, context).length === 0) return undefined;
      fix.drop |= bit;
      fix.cost += Cost.change;
    }
    if ((state.lockedMods & bit) !== 0) {
      fix.lockOff |= bit;
      fix.cost += Cost.lock;
    }
  }
  return fix;
}

/** All subsets of a mask's bits. */
function subsets(mask: number): number[] {
  const found: number[] = [];
  for (let subset = mask; ; subset = (subset - 1) & mask) {
    found.push(subset);
    if (subset === 0) return found;
  }
}

const HOLDING = [Keysym.shiftL, Keysym.shiftR, Keysym.level3Shift, Keysym.level5Shift];

/** A key that holds this modifier, and this one alone, while it is down in the group in force. */
export function keyThatHolds(bit: number, { map, state }: KeyboardMoment): number | undefined {
  for (const keysym of HOLDING) {
    for (const { keycode } of map.index.get(canonicalKeysym(keysym)) ?? []) {
      const holds = map.keymap.modifiers.get(keycode) === bit;
      if (holds && translateKey(map.keymap, keycode, { ...state, mods: 0 }) === keysym) return keycode;
    }
  }
  return undefined;
}

/** Keycodes of this sink that hold a modifier. */
export function heldFor(bit: number, { map, held }: KeyboardMoment): number[] {
  return [...held].filter((keycode) => ((map.keymap.modifiers.get(keycode) ?? 0) & bit) !== 0);
}

/** Control, and whatever Alt, Meta, Super and Hyper are in this map; never what chooses levels. */
export function commandMask({ keymap, index }: PlanMap): number {
  let mask: number = Mod.control;
  for (let keysym = 0xffe7; keysym <= 0xffee; keysym++) mask |= modifiersOf({ keymap, index }, keysym);
  return mask & ~textMask({ keymap, index }) & ~(Mod.shift | Mod.lock);
}

/** Modifiers that only choose levels (AltGr and the like). */
function textMask(map: PlanMap): number {
  return modifiersOf(map, Keysym.level3Shift) | modifiersOf(map, Keysym.level5Shift);
}

function modifiersOf({ keymap, index }: PlanMap, keysym: number): number {
  const places = index.get(canonicalKeysym(keysym)) ?? [];
  return places.reduce((mask, { keycode }) => mask | (keymap.modifiers.get(keycode) ?? 0), 0);
}
