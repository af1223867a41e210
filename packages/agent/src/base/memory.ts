import { join } from 'node:path';
import {
  DEFAULT_SENDING_SETTINGS,
  DEFAULT_TERMINAL_SETTINGS,
  FEATURE_NAMES,
  type FeatureName,
  publicKey,
  type SendingSettings,
  sendingSettings,
  type TerminalSettings,
  type Toggles,
  terminalSettings,
} from '@porthole/protocol';
import * as z from 'zod';
import { AgentFailure, readPrivateFile, writePrivateFile } from './privateFile.ts';

const remembered = z.object({
  /** The hub that this device is enrolled at, and the key to pin. */
  hub: z.object({ url: z.string(), publicKey }).optional(),
  /** Features that somebody switched off. */
  off: z.array(z.string()).default([]),
  /** What the hub said last of terminals. */
  terminal: terminalSettings.default(DEFAULT_TERMINAL_SETTINGS),
  /** What the hub said last of what this device sends by itself. */
  sending: sendingSettings.default(DEFAULT_SENDING_SETTINGS),
});
type Remembered = z.infer<typeof remembered>;

/** What the agent remembers between starts: its hub, which features are switched off, and what was set for it. */
export class Memory {
  readonly #path: string;
  #state: Remembered;

  constructor(folder: string) {
    this.#path = join(folder, 'agent.json');
    this.#state = read(this.#path);
  }

  get hub(): Remembered['hub'] {
    return this.#state.hub;
  }

  get toggles(): Toggles {
    const entries = FEATURE_NAMES.map((name) => [name, !this.#state.off.includes(name)] as const);
    return Object.fromEntries(entries) as Toggles;
  }

  get terminalSettings(): TerminalSettings {
    return this.#state.terminal;
  }

  /** Returns when they would survive a crash. */
  setTerminal(terminal: TerminalSettings): void {
    this.#write({ ...this.#state, terminal });
  }

  get sendingSettings(): SendingSettings {
    return this.#state.sending;
  }

  /** Returns when they would survive a crash. */
  setSending(sending: SendingSettings): void {
    this.#write({ ...this.#state, sending });
  }

  rememberHub(hub: { url: string; publicKey: string }): void {
    this.#write({ ...this.#state, hub });
  }

  /** Returns when the choice would survive a crash. */
  setToggle(feature: FeatureName, on: boolean): void {
    const off = this.#state.off.filter((name) => name !== feature);
    this.#write({ ...this.#state, off: on ? off : [...off, feature] });
  }

  #write(state: Remembered): void {
    writePrivateFile(this.#path, `${JSON.stringify(state, null, 2)}\n`);
    this.#state = state;
  }
}

function read(path: string): Remembered {
  const text = readPrivateFile(path);
  if (text === undefined) return remembered.parse({});
  try {
    return remembered.parse(JSON.parse(text));
  } catch {
    throw new AgentFailure(`${path} is damaged; move it away and enrol this device again.`);
  }
}
