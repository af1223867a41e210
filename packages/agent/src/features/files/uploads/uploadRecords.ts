import { mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { conflict, filePath } from '@porthole/protocol';
import * as z from 'zod';
import { errnoOf } from '../errno.ts';

const uploadRecord = z.strictObject({
  id: z.string(),
  /** As it was asked for. */
  folder: filePath,
  /** Where the bytes are kept, and the file will be. */
  target: filePath,
  name: z.string(),
  size: z.number(),
  modified: z.number().optional(),
  conflict,
  sha256: z.string().optional(),
  /** Number of the kept file on its drive: a stranger of the same name is not it. */
  inode: z.string(),
  /** ms since 1970. */
  begun: z.number(),
});
/** What has to be remembered of an upload that was begun. */
export type UploadRecord = z.infer<typeof uploadRecord>;

/** Uploads that may be under way at once; the oldest give way. */
const MAX_RECORDS = 10_000;

/** Uploads that were begun, remembered across restarts of the agent in a folder of their own. */
export class UploadRecords {
  readonly #folder: string;
  #loading: Promise<Map<string, UploadRecord>> | undefined;

  /** @param folder is made when it is needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(id: string): Promise<UploadRecord | undefined> {
    return (await this.#records()).get(id);
  }

  async all(): Promise<UploadRecord[]> {
    return [...(await this.#records()).values()];
  }

  /** Answers the records that had to give way to this one. */
  async put(record: UploadRecord): Promise<UploadRecord[]> {
    const records = await this.#records();
    const path = join(this.#folder, `${record.id}.json`);
    await writeFile(`${path}.new`, JSON.stringify(record), { mode: 0o600 });
    await rename(`${path}.new`, path);
    records.set(record.id, record);
    return records.size > MAX_RECORDS ? [...records.values()].slice(0, records.size - MAX_RECORDS) : [];
  }

  async delete(id: string): Promise<void> {
    (await this.#records()).delete(id);
    try {
      await unlink(join(this.#folder, `${id}.json`));
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  }

  #records(): Promise<Map<string, UploadRecord>> {
    this.#loading ??= load(this.#folder);
    // Tried again the next time, should the drive be full or gone now.
    this.#loading.catch(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }
}

async function load(folder: string): Promise<Map<string, UploadRecord>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const records = new Map<string, UploadRecord>();
  for (const file of await readdir(folder)) {
    const record = await read(join(folder, file));
    if (record) records.set(record.id, record);
  }
  return records;
}

/** One that was being written when the power failed is as good as none. */
async function read(path: string): Promise<UploadRecord | undefined> {
  try {
    return uploadRecord.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    await unlink(path);
    return undefined;
  }
}
