import type { Test, XkbControls } from 'x11';
import type { XConnection } from '../../../platform/x11/connection.ts';
import type { Keyboard } from '../../../platform/x11/keyboard.ts';
import type { LedgerEntry } from '../../../platform/x11/ledger.ts';
import { isBoundTo } from './x11Keys.ts';

const CORE_KEYBOARD = 0x100;
const ALL_DEVICES = 0;
const SLAVE_KEYBOARD = 4;

/** A keyboard, and whether the server repeated its held keys when it was found. */
interface RepeatingDevice {
  id: number;
  repeats: boolean;
  isTest: boolean;
}

/**
 * The server repeats keys that XTEST holds down. Here the viewer's own repeats are passed on instead, so that a key
 * cannot run away while the viewer is stalled; the repeating of real keyboards is left alone.
 */
export class RepeatSwitch {
  readonly #keyboard: Keyboard;
  readonly #devices: readonly RepeatingDevice[];

  private constructor(keyboard: Keyboard, devices: readonly RepeatingDevice[]) {
    this.#keyboard = keyboard;
    this.#devices = devices;
  }

  /** `offByUs`: it is off because of another sink, a living or a killed one, and not because somebody wanted that. */
  static async open(connection: XConnection, keyboard: Keyboard, offByUs: boolean): Promise<RepeatSwitch> {
    // A server without XInput has one keyboard for all: its repeating stays as it is.
    const devices = await findKeyboards(connection, offByUs).catch(() => []);
    const wanted = devices.some(({ isTest, repeats }) => isTest && repeats) ? devices : [];
    const repeat = new RepeatSwitch(keyboard, wanted);
    repeat.#apply(false);
    return repeat;
  }

  restore(): void {
    this.#apply(true);
  }

  /** The core keyboard copies this from the one that was used last, and setting it there sets it on all: so put the others back. */
  #apply(on: boolean): void {
    if (this.#devices.length === 0) return;
    this.#keyboard.setRepeat(CORE_KEYBOARD, on);
    for (const { id, repeats, isTest } of this.#devices) {
      if (!isTest) this.#keyboard.setRepeat(id, repeats);
    }
  }
}

async function findKeyboards(connection: XConnection, offByUs: boolean): Promise<RepeatingDevice[]> {
  const input = await connection.extension('xinput');
  const xkb = await connection.extension('xkb');
  const devices = await connection.ask<{ deviceId: number; use: number; name: string }[]>((reply) =>
    input.XIQueryDevice(ALL_DEVICES, reply),
  );
  const found: RepeatingDevice[] = [];
  for (const { deviceId, use, name } of devices) {
    if (use !== SLAVE_KEYBOARD) continue;
    const isTest = name.includes('XTEST');
    const controls = await connection.ask<XkbControls>((reply) => xkb.GetControls(deviceId, reply));
    found.push({ id: deviceId, isTest, repeats: (isTest && offByUs) || (controls.enabledControls & 1) !== 0 });
  }
  return found;
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
