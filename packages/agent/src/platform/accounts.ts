import { readFile } from 'node:fs/promises';

const FRESH_MS = 60_000;

/** Names of the users and groups of this device, by number. */
export class Accounts {
  #users = new Map<string, string>();
  #groups = new Map<string, string>();
  #loading: Promise<void> | undefined;
  #loadedAt = Number.NEGATIVE_INFINITY;

  /** Reads the names anew when they are older than a minute. */
  async refresh(): Promise<void> {
    if (!this.#loading || performance.now() - this.#loadedAt > FRESH_MS) {
      this.#loadedAt = performance.now();
      this.#loading = this.#load();
    }
    await this.#loading;
  }

  /** The name of a user, or the number when it has none. */
  user(id: bigint | number): string {
    return this.#users.get(String(id)) ?? String(id);
  }

  group(id: bigint | number): string {
    return this.#groups.get(String(id)) ?? String(id);
  }

  async #load(): Promise<void> {
    [this.#users, this.#groups] = await Promise.all([namesIn('/etc/passwd'), namesIn('/etc/group')]);
  }
}

async function namesIn(path: string): Promise<Map<string, string>> {
  // Systems without these files have numbers only.
  const text = await readFile(path, 'utf8').catch(() => '');
  const rows = text.split('\n').map((line) => line.split(':'));
  return new Map(rows.flatMap(([name, , id]) => (name && id ? [[id, name.slice(0, 256)] as const] : [])));
}
