import type { Property } from 'x11';
import type { XConnection } from './connection.ts';

const LEDGER = '_PORTHOLE_INPUT';
const CARDINAL = 6;
const FIELDS = 2;
const MAX_WORDS = 4 * 1024;

/** One line of the ledger: a keycode that `owner` (a window of the process) binds to keysyms; 0 says that it was there. */
export interface LedgerEntry {
  owner: number;
  keycode: number;
}

/** Unpacks the ledger: pairs of 32-bit words. Anything else was not written by us and counts as empty. */
export function unpackLedger({ format, data }: Pick<Property, 'format' | 'data'>): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  if (format !== 32) return entries;
  for (let at = 0; at + 4 * FIELDS <= data.length; at += 4 * FIELDS) {
    const keycode = data.readUInt32LE(at + 4);
    if (keycode <= 255) entries.push({ owner: data.readUInt32LE(at), keycode });
  }
  return entries;
}

/**
 * What this process changed on the keyboard, written on the root window, so that the next one can put right what a
 * killed one left behind. An owner is alive as long as its window carries our mark; the server removes it with the process.
 */
export class Ledger {
  readonly #connection: XConnection;
  readonly #name: number;
  readonly #window: number;

  private constructor(connection: XConnection, name: number) {
    this.#connection = connection;
    this.#name = name;
    this.#window = connection.client.AllocID();
  }

  /** Opens the ledger and takes out what dead owners left: the caller puts it right. `others`: live ones exist. */
  static async open(connection: XConnection): Promise<{ ledger: Ledger; left: LedgerEntry[]; others: boolean }> {
    const ledger = new Ledger(connection, await connection.atom(LEDGER));
    const entries = await ledger.#takeAll();
    const { client, root } = connection;
    const owners = new Set(entries.map(({ owner }) => owner));
    const alive = new Set<number>();
    for (const owner of owners) if (await ledger.#isAlive(owner)) alive.add(owner);
    client.CreateWindow(ledger.#window, root, -1, -1, 1, 1, 0, 0, INPUT_ONLY, 0, { overrideRedirect: true });
    client.ChangeProperty(REPLACE, ledger.#window, ledger.#name, CARDINAL, 32, [ledger.#window]);
    ledger.#append(entries.filter(({ owner }) => alive.has(owner)));
    ledger.note(0);
    return { ledger, left: entries.filter(({ owner }) => !alive.has(owner)), others: alive.size > 0 };
  }

  /** Writes down that a keycode is about to be bound. */
  note(keycode: number): void {
    this.#append([{ owner: this.#window, keycode }]);
  }

  /** Strikes out everything of this process; true when nobody else is left in it. */
  async clear(): Promise<boolean> {
    const entries = await this.#takeAll();
    const others = entries.filter(({ owner }) => owner !== this.#window);
    this.#append(others);
    return others.length === 0;
  }

  /** Reading with delete is one step on the server, so two processes never take the same entry. */
  async #takeAll(): Promise<LedgerEntry[]> {
    const { client, root } = this.#connection;
    const property = await this.#connection.ask<Property>((reply) =>
      client.GetProperty(1, root, this.#name, CARDINAL, 0, MAX_WORDS, reply),
    );
    return unpackLedger(property);
  }

  async #isAlive(owner: number): Promise<boolean> {
    const { client } = this.#connection;
    // An id that is no window any more is an X error.
    const property = await this.#connection
      .ask<Property>((reply) => client.GetProperty(0, owner, this.#name, CARDINAL, 0, 1, reply))
      .catch(() => undefined);
    return property?.data.length === 4 && property.data.readUInt32LE(0) === owner;
  }

  #append(entries: readonly LedgerEntry[]): void {
    if (entries.length === 0 || this.#connection.ended) return;
    const words = entries.flatMap(({ owner, keycode }) => [owner, keycode]);
    this.#connection.client.ChangeProperty(APPEND, this.#connection.root, this.#name, CARDINAL, 32, words);
  }
}

const REPLACE = 0;
const APPEND = 2;
const INPUT_ONLY = 2;
