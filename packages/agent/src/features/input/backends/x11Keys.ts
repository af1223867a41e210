import type { Test } from 'x11';
import type { XConnection } from '../../../platform/x11/connection.ts';
import type { Keyboard, KeyboardState } from '../../../platform/x11/keyboard.ts';
import { indexKeymap, type Keymap, unusedKeycodes } from '../../../platform/x11/keymap.ts';
import { canonicalKeysym, codePointToKeysym } from '../../../platform/x11/keysyms.ts';
import type { Ledger } from '../../../platform/x11/ledger.ts';
import { xkbKeyName } from '../domCodes.ts';
import { type KeyPlan, type KeyStep, type KeyWish, planKey } from '../keyPlan.ts';
import type { PlanMap } from '../modifierFix.ts';
import { chooseSpare, SETTLE_MS, type SpareKey } from '../spareKeys.ts';

const MAX_SPARES = 32;
/** More keys than hands can hold; what comes beyond is ignored. */
const MAX_HELD = 32;

/** A viewer's key that is down: what it pressed here. */
interface HeldKey {
  keycode: number;
  keysym: number;
}

export interface X11KeysParts {
  connection: XConnection;
  test: Test;
  keyboard: Keyboard;
  ledger: Ledger;
}

/**
 * Presses keys on one display. Every method finishes before the next may be called (the owner queues them). The map is
 * read again when `mapChanged()` was called; the state is asked before every key, so other keyboards are respected.
 */
export class X11Keys {
  readonly #parts: X11KeysParts;
  readonly #held = new Map<string, HeldKey>();
  /** Keycodes that the ledger has. */
  readonly #noted = new Set<number>();
  #spares: SpareKey[] = [];
  #map: PlanMap | undefined;
  #names: ReadonlyMap<string, number> = new Map();
  #stale = true;

  constructor(parts: X11KeysParts) {
    this.#parts = parts;
  }

  /** The map must be read again before the next key. */
  mapChanged(): void {
    this.#stale = true;
  }

  async down(keysym: number, code: string): Promise<void> {
    const id = keyId(keysym, code);
    const before = this.#held.get(id);
    if (!before && this.#held.size >= MAX_HELD) return;
    const { map, state } = await this.#look();
    // A modifier that is down does not repeat: letting go of it would be seen.
    if (before && before.keysym === keysym && map.keymap.modifiers.get(before.keycode)) return;
    if (before) this.#release(id, before);
    const physical = this.#names.get(xkbKeyName(code) ?? '');
    const plan = await this.#plan({ keysym, physical, plain: false }, state);
    if (!plan) return;
    this.#letGo(plan.keycode);
    this.#held.set(id, { keycode: plan.keycode, keysym });
    this.#press(plan);
  }

  up(keysym: number, code: string): void {
    const id = keyId(keysym, code);
    const held = this.#held.get(id);
    if (held) this.#release(id, held);
  }

  /** Types one code point; those without a keysym (control characters) are left out. */
  async type(point: number): Promise<void> {
    const keysym = codePointToKeysym(point);
    if (keysym === undefined) return;
    const { state } = await this.#look();
    const plan = await this.#plan({ keysym, physical: undefined, plain: true }, state);
    if (!plan) return;
    this.#letGo(plan.keycode);
    this.#press(plan);
    this.#fake(KEY_RELEASE, plan.keycode);
  }

  releaseAll(): void {
    for (const [id, held] of this.#held) this.#release(id, held);
  }

  /** Resolves when programs have had time to read what the spare keycodes typed last. */
  async settled(): Promise<void> {
    const latest = Math.max(0, ...this.#spares.map(({ usedAt }) => usedAt));
    await delay(latest + SETTLE_MS - performance.now());
  }

  /** Empties the spare keycodes that are up and were not used since `usedBefore` (monotonic, ms). */
  async restore(usedBefore: number): Promise<void> {
    if (this.#spares.every(({ keysym }) => keysym === 0)) return;
    await this.#look();
    const held = new Set([...this.#held.values()].map(({ keycode }) => keycode));
    for (const spare of this.#spares) {
      if (spare.keysym === 0 || held.has(spare.keycode) || spare.usedAt > usedBefore) continue;
      this.#parts.keyboard.bind(spare.keycode, 0);
      spare.keysym = 0;
    }
  }

  /** Reads map and state; the answer to the second comes after the notice of any change of the first. */
  async #look(): Promise<{ map: PlanMap; state: KeyboardState }> {
    for (;;) {
      const map = this.#stale || !this.#map ? await this.#readMap() : this.#map;
      const state = await this.#parts.keyboard.readState();
      if (!this.#stale) return { map, state };
    }
  }

  async #readMap(): Promise<PlanMap> {
    this.#stale = false;
    const { keyboard, connection } = this.#parts;
    const keymap = await keyboard.readMap();
    this.#names = await keyboard.readNames();
    this.#map = { keymap, index: indexKeymap(keymap) };
    this.#spares = this.#stillSpare(keymap, connection.info);
    return this.#map;
  }

  /** Spare keycodes under this map: ours that are still bound as we left them, then unused ones. */
  #stillSpare(keymap: Keymap, { min_keycode, max_keycode }: { min_keycode: number; max_keycode: number }): SpareKey[] {
    const ours = this.#spares.filter(
      ({ keycode, keysym }) => keysym !== 0 && isBoundTo(keymap, keycode, keysym) && !keymap.modifiers.get(keycode),
    );
    const unused = unusedKeycodes(keymap, min_keycode, max_keycode);
    return [...ours, ...unused.map((keycode) => ({ keycode, keysym: 0, usedAt: 0 }))].slice(0, MAX_SPARES);
  }

  async #plan(wish: KeyWish, state: KeyboardState): Promise<KeyPlan | undefined> {
    if (!this.#map) return undefined;
    const held = new Set([...this.#held.values()].map(({ keycode }) => keycode));
    const context = { map: this.#map, state, held };
    const plan = planKey(wish, { ...context, spare: undefined });
    if (plan) return plan;
    const spare = await this.#spareFor(canonicalKeysym(wish.keysym), held);
    return spare && planKey(wish, { ...context, spare: spare.keycode });
  }

  async #spareFor(keysym: number, held: ReadonlySet<number>): Promise<SpareKey | undefined> {
    for (;;) {
      const choice = chooseSpare(this.#spares, keysym, { held, now: performance.now() });
      if (!choice) return undefined;
      if ('spare' in choice) return choice.spare;
      await delay(choice.waitMs);
    }
  }

  #press({ before, keycode, after }: KeyPlan): void {
    for (const step of before) this.#do(step);
    this.#fake(KEY_PRESS, keycode);
    for (const step of after) this.#do(step);
    const spare = this.#spares.find((candidate) => candidate.keycode === keycode);
    if (spare) spare.usedAt = performance.now();
  }

  #do(step: KeyStep): void {
    const { keyboard } = this.#parts;
    switch (step.type) {
      case 'press':
        return this.#fake(KEY_PRESS, step.keycode);
      case 'release':
        return this.#fake(KEY_RELEASE, step.keycode);
      case 'lock':
        return keyboard.lock(step.mask, step.mods);
      case 'group':
        return keyboard.lockGroup(step.group);
      case 'bind':
        return this.#bind(step.keycode, step.keysym);
    }
  }

  #bind(keycode: number, keysym: number): void {
    const spare = this.#spares.find((candidate) => candidate.keycode === keycode);
    if (!spare) return;
    if (!this.#noted.has(keycode)) this.#parts.ledger.note(keycode);
    this.#noted.add(keycode);
    spare.keysym = canonicalKeysym(keysym);
    this.#parts.keyboard.bind(keycode, keysym);
    this.#stale = true;
  }

  /** A keycode that is down already must come up before it can type again; whoever held it loses it. */
  #letGo(keycode: number): void {
    for (const [id, held] of this.#held) if (held.keycode === keycode) this.#release(id, held);
  }

  #release(id: string, { keycode }: HeldKey): void {
    this.#held.delete(id);
    this.#fake(KEY_RELEASE, keycode);
  }

  #fake(type: number, keycode: number): void {
    if (!this.#parts.connection.ended) this.#parts.test.FakeInput(type, keycode, 0, 0, 0, 0);
  }
}

/** True when a key is as `Keyboard.bind` makes it. */
export function isBoundTo(keymap: Keymap, keycode: number, keysym: number | undefined): boolean {
  const key = keymap.keys.get(keycode);
  if (key?.groups !== 1 || key.symbols.length !== 2 || key.symbols[0] !== key.symbols[1]) return false;
  return keysym === undefined || canonicalKeysym(key.symbols[0] ?? 0) === keysym;
}

function keyId(keysym: number, code: string): string {
  return code === '' ? `keysym ${keysym}` : code;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

const KEY_PRESS = 2;
const KEY_RELEASE = 3;
