import { canonicalKeysym, upperKeysym } from './keysyms.ts';

/** Real modifier bits of the core protocol. What Mod1 to Mod5 mean is up to the layout. */
export const Mod = { shift: 1, lock: 2, control: 4 } as const;

/** How modifiers choose a level: those in `mods` count, the entry that equals them gives the level, no entry gives level 0. */
export interface KeyType {
  mods: number;
  /** `preserve`: modifiers that the key looks at but leaves for the program to act on. */
  entries: { mods: number; level: number; preserve: number }[];
}

/** One key: keysyms by group and level, `symbols[group * width + level]`; 0 where there is none. */
export interface Key {
  groups: number;
  /** What to do with a group that the key lacks: bits 6-7 of XKB's groupInfo, and the group to redirect to. */
  outOfRange: 'wrap' | 'clamp' | number;
  types: number[];
  width: number;
  symbols: number[];
}

/** A keyboard map as the X server has it. Groups and levels count from 0. */
export interface Keymap {
  types: KeyType[];
  /** By keycode; missing where the map has no key. */
  keys: ReadonlyMap<number, Key>;
  /** Real modifiers that a keycode switches, by keycode. */
  modifiers: ReadonlyMap<number, number>;
}

const HEADER = 32;
const NO_SYMBOL = 0;
const VOID_SYMBOL = 0xff_ffff;

/** Unpacks the reply of XkbGetMap (types, symbols and modifier map) from its ninth byte on. Throws RangeError when it is cut. */
export function unpackKeymap(body: Buffer): Keymap {
  let offset = HEADER;
  const types: KeyType[] = [];
  for (let count = body.readUInt8(7); types.length < count; ) {
    const { type, next } = readType(body, offset);
    types.push(type);
    offset = next;
  }
  const keys = new Map<number, Key>();
  const firstKey = body.readUInt8(9);
  for (let index = 0; index < body.readUInt8(12); index++) {
    const { key, next } = readKey(body, offset);
    if (key.groups > 0) keys.set(firstKey + index, key);
    offset = next;
  }
  const modifiers = new Map<number, number>();
  for (let index = 0; index < body.readUInt8(25); index++) {
    modifiers.set(body.readUInt8(offset + 2 * index), body.readUInt8(offset + 2 * index + 1));
  }
  return { types, keys, modifiers };
}

function readType(body: Buffer, offset: number): { type: KeyType; next: number } {
  const count = body.readUInt8(offset + 5);
  const hasPreserve = body.readUInt8(offset + 6) !== 0;
  const entriesAt = offset + 8;
  const preserveAt = entriesAt + 8 * count;
  const type: KeyType = { mods: body.readUInt8(offset), entries: [] };
  for (let index = 0; index < count; index++) {
    const at = entriesAt + 8 * index;
    // An entry of a virtual modifier that nothing is bound to never applies.
    if (body.readUInt8(at) === 0) continue;
    const preserve = hasPreserve ? body.readUInt8(preserveAt + 4 * index) : 0;
    type.entries.push({ mods: body.readUInt8(at + 1), level: body.readUInt8(at + 2), preserve });
  }
  return { type, next: preserveAt + (hasPreserve ? 4 * count : 0) };
}

function readKey(body: Buffer, offset: number): { key: Key; next: number } {
  const info = body.readUInt8(offset + 4);
  const count = body.readUInt16LE(offset + 6);
  const policy = info & 0xc0;
  const key: Key = {
    groups: info & 0x0f,
    outOfRange: policy === 0x80 ? (info >> 4) & 3 : policy === 0x40 ? 'clamp' : 'wrap',
    types: [...body.subarray(offset, offset + 4)],
    width: body.readUInt8(offset + 5),
    symbols: Array.from({ length: count }, (_, index) => body.readUInt32LE(offset + 8 + 4 * index)),
  };
  return { key, next: offset + 8 + 4 * count };
}

/** The group of this key that is in force while the keyboard is in `group`. */
export function groupOf(key: Key, group: number): number {
  if (group >= 0 && group < key.groups) return group;
  if (key.outOfRange === 'clamp') return group < 0 ? 0 : key.groups - 1;
  if (key.outOfRange === 'wrap') return ((group % key.groups) + key.groups) % key.groups;
  return key.outOfRange < key.groups ? key.outOfRange : 0;
}

/** The type of a key's group; unknown ones count as having one level. */
export function typeOf(keymap: Keymap, key: Key, keyGroup: number): KeyType {
  return keymap.types[key.types[keyGroup] ?? -1] ?? { mods: 0, entries: [] };
}

/** Level that modifiers choose, and which of them the key has dealt with itself. */
export function levelOf(type: KeyType, mods: number): { level: number; consumed: number } {
  const entry = type.entries.find((candidate) => candidate.mods === (mods & type.mods));
  return { level: entry?.level ?? 0, consumed: type.mods & ~(entry?.preserve ?? 0) };
}

/** The keysym at a place of a key, or 0. */
export function symbolAt(key: Key, keyGroup: number, level: number): number {
  const symbol = level < key.width ? (key.symbols[keyGroup * key.width + level] ?? NO_SYMBOL) : NO_SYMBOL;
  return symbol === VOID_SYMBOL ? NO_SYMBOL : symbol;
}

/** The keysym that a program gets for a key press, capitals by CapsLock included; 0 for none. */
export function translateKey(keymap: Keymap, keycode: number, state: { mods: number; group: number }): number {
  const key = keymap.keys.get(keycode);
  if (!key) return NO_SYMBOL;
  const keyGroup = groupOf(key, state.group);
  const { level, consumed } = levelOf(typeOf(keymap, key, keyGroup), state.mods);
  const symbol = symbolAt(key, keyGroup, level);
  return (state.mods & ~consumed & Mod.lock) !== 0 ? upperKeysym(symbol) : symbol;
}

/** Where a keysym can be typed: a level of a group of a key. */
export interface KeyPlace {
  keycode: number;
  keyGroup: number;
  level: number;
}

/** All places of every keysym, by `canonicalKeysym`. */
export function indexKeymap(keymap: Keymap): Map<number, KeyPlace[]> {
  const index = new Map<number, KeyPlace[]>();
  for (const [keycode, key] of keymap.keys) {
    for (let place = 0; place < key.groups * key.width; place++) {
      const keyGroup = Math.floor(place / key.width);
      const symbol = symbolAt(key, keyGroup, place % key.width);
      if (symbol === NO_SYMBOL) continue;
      const name = canonicalKeysym(symbol);
      const places = index.get(name) ?? [];
      places.push({ keycode, keyGroup, level: place % key.width });
      index.set(name, places);
    }
  }
  return index;
}

/** Keycodes that type nothing and switch nothing, highest first. */
export function unusedKeycodes(keymap: Keymap, min: number, max: number): number[] {
  const unused: number[] = [];
  for (let keycode = max; keycode >= min; keycode--) {
    const symbols = keymap.keys.get(keycode)?.symbols ?? [];
    if (symbols.every((symbol) => symbol === NO_SYMBOL) && !keymap.modifiers.get(keycode)) unused.push(keycode);
  }
  return unused;
}
