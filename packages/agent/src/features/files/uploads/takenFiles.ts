import type { UploadBatch } from '@porthole/protocol';

type File = UploadBatch['files'][number];
type Taken = Pick<File, 'name' | 'size'> & { folder: string };

/** Files that are remembered; whoever did not hear of one asks again within seconds. */
const MAX_TAKEN = 4_000;

/** Files of batches that have arrived, or are being written, for whoever did not hear of it and so sends them once more. */
export class TakenFiles {
  readonly #taken = new Map<string, Taken>();
  /** Until when somebody is at the file of an id. */
  readonly #held = new Map<string, Promise<void>>();

  /** Resolves once nobody is at any of the files; from then on the caller is, until it calls what it got. */
  async hold(files: readonly File[]): Promise<() => void> {
    const ids = files.flatMap(({ id }) => id ?? []);
    const another = () => ids.map((id) => this.#held.get(id)).find((over) => over !== undefined);
    // All at once or none: two that wait for each other's files would wait for ever.
    for (let over = another(); over; over = another()) await over;
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const id of ids) this.#held.set(id, promise);
    return () => {
      for (const id of ids) this.#held.delete(id);
      resolve();
    };
  }

  /** True for the very file that was taken under this id. */
  has(folder: string, { id, name, size }: File): boolean {
    const taken = id === undefined ? undefined : this.#taken.get(id);
    return taken?.folder === folder && taken.name === name && taken.size === size;
  }

  add(folder: string, { id, name, size }: File): void {
    if (id === undefined) return;
    const [oldest] = this.#taken.keys();
    if (this.#taken.size >= MAX_TAKEN && oldest !== undefined) this.#taken.delete(oldest);
    this.#taken.set(id, { folder, name, size });
  }
}
