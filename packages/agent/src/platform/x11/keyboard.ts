import { PortholeError } from '@porthole/protocol';
import type { Xkb, XkbStateReply } from 'x11';
import type { XConnection } from './connection.ts';
import { type Keymap, unpackKeymap } from './keymap.ts';

const CORE_KEYBOARD = 0x100;
const GET_MAP = 8;
const SET_CONTROLS = 7;
const REPEAT_KEYS = 1;
const TYPES_SYMBOLS_MODIFIERS = 1 | 2 | 4;
const KEY_NAMES = 1 << 9;
const NEW_KEYBOARD_AND_MAP = 1 | 2;

/** Modifiers and group in force, in real modifier bits. `mods` is all of base (held), latched and locked together. */
export type KeyboardState = Pick<
  XkbStateReply,
  'mods' | 'baseMods' | 'latchedMods' | 'lockedMods' | 'group' | 'lockedGroup' | 'baseGroup' | 'latchedGroup'
>;

/** The keyboard of a display through XKB: its map, its state, and changes to both. Lives as long as its connection. */
export class Keyboard {
  readonly #connection: XConnection;
  readonly #xkb: Xkb;

  private constructor(connection: XConnection, xkb: Xkb) {
    this.#connection = connection;
    this.#xkb = xkb;
  }

  /** `mapChanged` is called when anybody, this connection included, changed the map. */
  static async open(connection: XConnection, mapChanged: () => void): Promise<Keyboard> {
    const xkb = await connection.extension('xkb');
    if (!xkb.supported) throw new PortholeError('feature.unsupported', 'The display speaks another version of XKB.');
    connection.onEvent((event) => {
      if (event.type === xkb.firstEvent && (event.rawData[1] === 0 || event.rawData[1] === 1)) mapChanged();
    });
    xkb.SelectEvents(CORE_KEYBOARD, NEW_KEYBOARD_AND_MAP, 0, NEW_KEYBOARD_AND_MAP, 0xff, 0xff);
    return new Keyboard(connection, xkb);
  }

  readMap(): Promise<Keymap> {
    const request = Buffer.alloc(28);
    request.writeUInt8(this.#xkb.majorOpcode, 0);
    request.writeUInt8(GET_MAP, 1);
    request.writeUInt16LE(7, 2);
    request.writeUInt16LE(CORE_KEYBOARD, 4);
    request.writeUInt16LE(TYPES_SYMBOLS_MODIFIERS, 6);
    return this.#connection.askRaw(request, unpackKeymap);
  }

  /** Keycodes by XKB key name, such as AC01 for the key right of CapsLock. */
  async readNames(): Promise<Map<string, number>> {
    const { firstKey, keyNames } = await this.#connection.ask<{ firstKey: number; keyNames: string[] }>((reply) =>
      this.#xkb.GetNames(CORE_KEYBOARD, KEY_NAMES, reply),
    );
    return new Map(keyNames.map((name, index) => [name, firstKey + index]));
  }

  /** The state after everything that this connection asked before. */
  readState(): Promise<KeyboardState> {
    return this.#connection.ask<KeyboardState>((reply) => this.#xkb.GetState(CORE_KEYBOARD, reply));
  }

  /** Locks those of `affect` that are in `mods`, and unlocks the others of `affect`. */
  lock(affect: number, mods: number): void {
    this.#xkb.LatchLockState(CORE_KEYBOARD, affect, mods, false, 0, 0, 0, false, 0);
  }

  lockGroup(group: number): void {
    this.#xkb.LatchLockState(CORE_KEYBOARD, 0, 0, true, group, 0, 0, false, 0);
  }

  /** Makes a keycode type `keysym`, whatever Shift is; 0 empties it. */
  bind(keycode: number, keysym: number): void {
    this.#connection.client.ChangeKeyboardMapping(keycode, 2, [keysym, keysym]);
  }

  /** Switches the server's own repeating of keys on or off, for one input device. */
  setRepeat(device: number, on: boolean): void {
    const request = Buffer.alloc(100);
    request.writeUInt8(this.#xkb.majorOpcode, 0);
    request.writeUInt8(SET_CONTROLS, 1);
    request.writeUInt16LE(25, 2);
    request.writeUInt16LE(device, 4);
    request.writeUInt32LE(REPEAT_KEYS, 24);
    request.writeUInt32LE(on ? REPEAT_KEYS : 0, 28);
    this.#connection.sendRaw(request);
  }
}
