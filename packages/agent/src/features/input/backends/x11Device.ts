import type { Test, XkbControls } from 'x11';
import type { XConnection } from '../../../platform/x11/connection.ts';
import type { Keyboard } from '../../../platform/x11/keyboard.ts';
import type { LedgerEntry } from '../../../platform/x11/ledger.ts';
import { isBoundTo } from './x11Keys.ts';

const CORE_KEYBOARD = 0x100;
const ALL_DEVICES = 0;
const SLAVE_KEYBOARD = 4;

/**
 * The server repeats keys that XTEST holds down. Here the viewer's own repeats are passed on instead, so that a key
 * cannot run away while the viewer is stalled; the repeating of real keyboards is left alone.
 */
export class RepeatSwitch {
  readonly #keyboard: Keyboard;
  /** The device to switch on again, if it was on. */
  readonly #device: number | undefined;

  private constructor(keyboard: Keyboard, device: number | undefined) {
    this.#keyboard = keyboard;
    this.#device = device;
  }

  /** `offByUs`: it is off because of another sink, a living or a killed one, and not because somebody wanted that. */
  static async open(connection: XConnection, keyboard: Keyboard, offByUs: boolean): Promise<RepeatSwitch> {
    const device = await findTestKeyboard(connection).catch(() => undefined);
    if (device === undefined) return new RepeatSwitch(keyboard, undefined);
    const wasOn = offByUs || (await repeats(connection, device));
    keyboard.setRepeat(device, false);
    return new RepeatSwitch(keyboard, wasOn ? device : undefined);
  }

  /** Back on, also on the core keyboard, which copies this from the keyboard that was used last. */
  restore(): void {
    if (this.#device === undefined) return;
    this.#keyboard.setRepeat(this.#device, true);
    this.#keyboard.setRepeat(CORE_KEYBOARD, true);
  }
}

async function findTestKeyboard(connection: XConnection): Promise<number | undefined> {
  const input = await connection.extension('xinput');
  const devices = await connection.ask<{ deviceId: number; use: number; name: string }[]>((reply) =>
    input.XIQueryDevice(ALL_DEVICES, reply),
  );
  return devices.find(({ use, name }) => use === SLAVE_KEYBOARD && name.includes('XTEST'))?.deviceId;
}

async function repeats(connection: XConnection, device: number): Promise<boolean> {
  const xkb = await connection.extension('xkb');
  const controls = await connection.ask<XkbControls>((reply) => xkb.GetControls(device, reply));
  return (controls.enabledControls & 1) !== 0;
}

/**
 * Puts right what killed processes left: keys and buttons that XTEST still holds down (releasing one that a real device
 * holds does nothing), and keycodes that are still bound as they were.
 */
export async function releaseLeftovers(
  { connection, test, keyboard }: { connection: XConnection; test: Test; keyboard: Keyboard },
  left: readonly LedgerEntry[],
): Promise<void> {
  const { client, root } = connection;
  const down = await connection.ask<Buffer>((reply) => client.QueryKeymap(reply));
  for (let keycode = 8; keycode <= 255; keycode++) {
    const isDown = ((down[keycode >> 3] ?? 0) & (1 << (keycode & 7))) !== 0;
    if (isDown) test.FakeInput(KEY_RELEASE, keycode, 0, 0, 0, 0);
  }
  const { keyMask } = await connection.ask<{ keyMask: number }>((reply) => client.QueryPointer(root, reply));
  for (let button = 1; button <= 5; button++) {
    if ((keyMask & (0x80 << button)) !== 0) test.FakeInput(BUTTON_RELEASE, button, 0, 0, 0, 0);
  }
  const keymap = await keyboard.readMap();
  for (const { keycode } of left) {
    if (keycode !== 0 && isBoundTo(keymap, keycode, undefined)) keyboard.bind(keycode, 0);
  }
  await connection.sync();
}

const KEY_RELEASE = 3;
const BUTTON_RELEASE = 5;
