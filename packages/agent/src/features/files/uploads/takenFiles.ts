import type { UploadBatch } from '@porthole/protocol';

type File = UploadBatch['files'][number];
type Taken = Pick<File, 'name' | 'size'> & { folder: string };

/** Files that are remembered; whoever did not hear of one asks again within seconds. */
const MAX_TAKEN = 4_000;

/** Files of batches that have arrived, for whoever did not hear of it and so sends them once more. */
export class TakenFiles {
  readonly #taken = new Map<string, Taken>();

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
