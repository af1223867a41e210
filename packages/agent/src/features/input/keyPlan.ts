import { groupOf, type KeyPlace, Mod, translateKey } from '../../platform/x11/keymap.ts';
import { canonicalKeysym, Keysym, keysymToCodePoint, upperKeysym } from '../../platform/x11/keysyms.ts';
import { cheapestFix, commandMask, type Fix, heldFor, type KeyboardMoment, keyThatHolds } from './modifierFix.ts';

/** One thing to do on the keyboard. `lock` sets those locked modifiers of `mask` to `mods`. */
export type KeyStep =
  | { type: 'press' | 'release'; keycode: number }
  | { type: 'lock'; mask: number; mods: number }
  | { type: 'group'; group: number }
  | { type: 'bind'; keycode: number; keysym: number };

/** Do `before`, press `keycode` and keep it down, do `after`: then all modifiers, locks and the group are as they were. */
export interface KeyPlan {
  before: KeyStep[];
  keycode: number;
  after: KeyStep[];
}

/** The key that a viewer wants to be pressed. */
export interface KeyWish {
  /** X11 keysym, 0 when unknown. */
  keysym: number;
  /** Keycode at the same place of the keyboard as the viewer's key, if there is one. */
  physical: number | undefined;
  /** True for text that is inserted: held Ctrl, Alt and Super do not take part. */
  plain: boolean;
}

/** The keyboard, and what may be changed on it. */
export interface PlanContext extends KeyboardMoment {
  /** A keycode that may be bound to the wished keysym, or is already. */
  spare: number | undefined;
}

/** Keys that do the same, for maps that lack the first: right for left, keypad for main block. */
const TWINS = new Map([
  [0xffe2, 0xffe1], // Shift
  [0xffe4, 0xffe3], // Control
  [0xffea, 0xffe9], // Alt
  [0xffe8, 0xffe7], // Meta
  [0xffec, 0xffeb], // Super
  [0xffe7, 0xffe9], // Meta, Alt
  [0xff95, 0xff50], // Home
  [0xff96, 0xff51], // Left
  [0xff97, 0xff52], // Up
  [0xff98, 0xff53], // Right
  [0xff99, 0xff54], // Down
  [0xff9a, 0xff55], // Page up
  [0xff9b, 0xff56], // Page down
  [0xff9c, 0xff57], // End
  [0xff9e, 0xff63], // Insert
  [0xff9f, 0xffff], // Delete
  [0xff8d, 0xff0d], // Enter
]);

/** Costs in modifier changes. Changing the group makes indicators flicker, but types exactly. */
const Cost = { group: 10, elsewhere: 0.5 } as const;

/**
 * How to get one keysym out of the display's keyboard. A keysym that types a character gives exactly that character,
 * whatever layouts and locks there are; with Ctrl, Alt or Super held, a character that the layout in force lacks falls
 * back to the key at the same place (Ctrl+С gives Ctrl+C). Keys that type nothing are pressed without touching modifiers.
 * Undefined when it cannot be typed; with another spare keycode it might be.
 */
export function planKey(wish: KeyWish, context: PlanContext): KeyPlan | undefined {
  const physical = wish.physical === undefined ? undefined : press(wish.physical);
  if (wish.keysym === 0) return physical;
  if (isExact(wish.keysym)) {
    const exact = cheapestPlan(wish, context);
    if (!exact.otherGroup && exact.plan) return exact.plan;
    if (!wish.plain && physical && (context.state.mods & commandMask(context.map)) !== 0) return physical;
    return exact.plan ?? planSpare(wish, context) ?? planTwin(wish, context);
  }
  return (
    planNamed(wish, context) ??
    planTwin(wish, context) ??
    cheapestPlan(wish, context).plan ??
    physical ??
    planSpare(wish, context)
  );
}

/** True for keysyms where the level matters: characters, dead keys, and the digits and signs of the keypad. */
export function isExact(keysym: number): boolean {
  const deadKey = keysym >= 0xfe50 && keysym <= 0xfe93;
  const keypad = keysym >= 0xffaa && keysym <= 0xffbd;
  return deadKey || keypad || keysymToCodePoint(keysym) !== undefined;
}

function press(keycode: number): KeyPlan {
  return { before: [], keycode, after: [] };
}

/** A key that has the keysym in the group in force, on its first level or on the level that is in force anyway. */
function planNamed({ keysym, physical }: KeyWish, { map, state }: PlanContext): KeyPlan | undefined {
  const places = map.index.get(canonicalKeysym(keysym)) ?? [];
  const keypad = keysym >= 0xff80 && keysym <= 0xffbd;
  const usable = places.filter(({ keycode, keyGroup, level }) => {
    const key = map.keymap.keys.get(keycode);
    if (!key || groupOf(key, state.group) !== keyGroup) return false;
    // NumLock turns the keypad's arrows into digits; everywhere else the first level is the key itself (Tab stays Tab with Shift).
    return (level === 0 && !keypad) || translateKey(map.keymap, keycode, state) === keysym;
  });
  const place = usable.find(({ keycode }) => keycode === physical) ?? usable[0];
  return place && press(place.keycode);
}

function planTwin(wish: KeyWish, context: PlanContext): KeyPlan | undefined {
  const keysym = TWINS.get(wish.keysym);
  return keysym === undefined ? undefined : planNamed({ ...wish, keysym }, context);
}

/** Binds the spare keycode: it types the keysym on both levels, so only CapsLock could turn it into a capital. */
function planSpare({ keysym }: KeyWish, { state, spare, map }: PlanContext): KeyPlan | undefined {
  if (spare === undefined || isModifier(keysym)) return undefined;
  const bound = canonicalKeysym(map.keymap.keys.get(spare)?.symbols[0] ?? 0) === canonicalKeysym(keysym);
  const bind: KeyStep[] = bound ? [] : [{ type: 'bind', keycode: spare, keysym }];
  const capital = upperKeysym(keysym) !== keysym && (state.lockedMods & Mod.lock) !== 0;
  const unlock: KeyStep[] = capital ? [{ type: 'lock', mask: Mod.lock, mods: 0 }] : [];
  const relock: KeyStep[] = capital ? [{ type: 'lock', mask: Mod.lock, mods: Mod.lock }] : [];
  return { before: [...bind, ...unlock], keycode: spare, after: relock };
}

function isModifier(keysym: number): boolean {
  return (
    (keysym >= 0xffe1 && keysym <= 0xffee) || (keysym >= 0xfe01 && keysym <= 0xfe13) || keysym === Keysym.modeSwitch
  );
}

interface Attempt {
  plan: KeyPlan | undefined;
  otherGroup: boolean;
}

/** The plan with the fewest interventions over all places that have the keysym. */
function cheapestPlan(wish: KeyWish, context: PlanContext): Attempt {
  const best: { cost: number; attempt: Attempt } = {
    cost: Number.POSITIVE_INFINITY,
    attempt: { plan: undefined, otherGroup: false },
  };
  for (const place of context.map.index.get(canonicalKeysym(wish.keysym)) ?? []) {
    if (context.map.keymap.modifiers.get(place.keycode)) continue;
    const group = groupFor(place, context);
    if (group === undefined) continue;
    const fix = cheapestFix(place, wish, context);
    if (!fix) continue;
    const otherGroup = group !== context.state.group;
    const elsewhere = place.keycode === wish.physical ? 0 : Cost.elsewhere;
    const cost = fix.cost + (otherGroup ? Cost.group : 0) + elsewhere;
    if (cost >= best.cost) continue;
    best.cost = cost;
    best.attempt = { plan: assemble(place.keycode, fix, otherGroup ? group : undefined, context), otherGroup };
  }
  return best.attempt;
}

/** The group that makes the place's group of its key the one in force: the present one if it does, else the first. */
function groupFor({ keycode, keyGroup }: KeyPlace, { map, state }: PlanContext): number | undefined {
  const key = map.keymap.keys.get(keycode);
  if (!key) return undefined;
  if (groupOf(key, state.group) === keyGroup) return state.group;
  // A group held or latched by somebody else adds to the locked one: leave that alone.
  return state.baseGroup === 0 && state.latchedGroup === 0 ? keyGroup : undefined;
}

function assemble(keycode: number, fix: Fix, group: number | undefined, context: PlanContext): KeyPlan {
  const { state } = context;
  const bits = [1, 2, 4, 8, 16, 32, 64, 128];
  const pressed = bits.filter((bit) => (fix.hold & bit) !== 0).flatMap((bit) => keyThatHolds(bit, context) ?? []);
  const released = new Set(bits.filter((bit) => (fix.drop & bit) !== 0).flatMap((bit) => heldFor(bit, context)));
  const locks = fix.lockOn | fix.lockOff;
  const before: KeyStep[] = [];
  const after: KeyStep[] = [];
  if (group !== undefined) {
    before.push({ type: 'group', group });
    after.unshift({ type: 'group', group: state.lockedGroup });
  }
  if (locks !== 0) {
    before.push({ type: 'lock', mask: locks, mods: fix.lockOn });
    after.unshift({ type: 'lock', mask: locks, mods: state.lockedMods & locks });
  }
  for (const code of released) {
    before.push({ type: 'release', keycode: code });
    after.unshift({ type: 'press', keycode: code });
  }
  for (const code of pressed) {
    before.push({ type: 'press', keycode: code });
    after.unshift({ type: 'release', keycode: code });
  }
  return { before, keycode, after };
}
