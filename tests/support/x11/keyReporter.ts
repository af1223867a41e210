import type { XkbStateReply } from 'x11';
import { XConnection } from '../../../packages/agent/src/platform/x11/connection.ts';
import { Keyboard } from '../../../packages/agent/src/platform/x11/keyboard.ts';
import { type Keymap, translateKey } from '../../../packages/agent/src/platform/x11/keymap.ts';
import { Keysym, keysymToCodePoint } from '../../../packages/agent/src/platform/x11/keysyms.ts';

/** What a program with the keyboard focus got. `text` is what it would insert; modifiers are real modifier bits. */
export type Reported =
  | { type: 'key'; down: boolean; keycode: number; keysym: number; text: string; mods: number }
  | { type: 'button'; down: boolean; button: number; x: number; y: number }
  | { type: 'motion'; x: number; y: number };

/** A window over the whole display that has the focus and notes what reaches it. */
export interface KeyReporter {
  readonly connection: XConnection;
  readonly events: readonly Reported[];
  /** All text typed so far. */
  text(): string;
  /** Resolves when everything is noted that the server has delivered so far. */
  settle(): Promise<void>;
  clear(): void;
  /** State of modifiers, locks and group. */
  state(): Promise<XkbStateReply>;
  /** The map as it is now. */
  keymap(): Promise<Keymap>;
  close(): void;
}

const KEYS_BUTTONS_MOTION = 1 | 2 | 4 | 8 | 0x40;
const REVERT_TO_ROOT = 1;

/**
 * Opens the window on `display`. Like a toolkit it reads the map again when told that it changed, and translates each key
 * by group, level and CapsLock at the moment of the event.
 */
export async function keyReporter(display: string): Promise<KeyReporter> {
  const connection = await XConnection.open(display);
  const { client, root, screen } = connection;
  const events: Reported[] = [];
  let work: Promise<void> = Promise.resolve();
  let stale = true;
  let keymap: Keymap | undefined;
  // In the order of arrival, as a toolkit does: a key waits for the map that was announced before it.
  const keyboard = await Keyboard.open(connection, () => {
    work = work.then(() => {
      stale = true;
    });
  });
  const note = async (raw: Buffer): Promise<void> => {
    const type = raw.readUInt8(0) & 0x7f;
    if (type < 2 || type > 6) return;
    if (stale) keymap = await keyboard.readMap();
    stale = false;
    events.push(report(type, raw, keymap));
  };
  connection.onEvent(({ rawData }) => {
    work = work.then(() => note(rawData)).catch(() => undefined);
  });
  const window = client.AllocID();
  const values = { eventMask: KEYS_BUTTONS_MOTION, overrideRedirect: true };
  client.CreateWindow(window, root, 0, 0, screen.pixel_width, screen.pixel_height, 0, 0, 0, 0, values);
  client.MapWindow(window);
  await connection.sync();
  client.SetInputFocus(window, REVERT_TO_ROOT);
  await connection.sync();
  return {
    connection,
    events,
    text: () => events.map((event) => (event.type === 'key' && event.down ? event.text : '')).join(''),
    async settle() {
      await connection.sync();
      await work;
    },
    clear: () => {
      events.length = 0;
    },
    state: async () => {
      const xkb = await connection.extension('xkb');
      return await connection.ask<XkbStateReply>((reply) => xkb.GetState(0x100, reply));
    },
    keymap: () => keyboard.readMap(),
    close: () => connection.close(),
  };
}

function report(type: number, raw: Buffer, keymap: Keymap | undefined): Reported {
  const detail = raw.readUInt8(1);
  const [x, y] = [raw.readInt16LE(20), raw.readInt16LE(22)];
  if (type === 6) return { type: 'motion', x, y };
  if (type > 3) return { type: 'button', down: type === 4, button: detail, x, y };
  const state = raw.readUInt16LE(28);
  const keysym = keymap ? translateKey(keymap, detail, { mods: state & 0xff, group: (state >> 13) & 3 }) : 0;
  return { type: 'key', down: type === 2, keycode: detail, keysym, text: textOf(keysym), mods: state & 0xff };
}

function textOf(keysym: number): string {
  if (keysym === Keysym.return) return '\n';
  if (keysym === Keysym.tab) return '\t';
  if (keysym >= 0xffaa && keysym <= 0xffb9) return String.fromCodePoint(keysym - 0xff80);
  const point = keysymToCodePoint(keysym);
  return point === undefined ? '' : String.fromCodePoint(point);
}
