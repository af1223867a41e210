import { unlink } from 'node:fs/promises';
import type { BatchResult, UploadBatch, UploadState } from '@porthole/protocol';
import { fileErrorCode } from '../fileErrors.ts';
import { checkNewName } from '../fileNames.ts';
import type { PartFate, PartFile } from './partMessages.ts';
import type { PartWriter } from './partWriter.ts';
import type { Target } from './sharedFolder.ts';
import type { TakenFiles } from './takenFiles.ts';
import { nameWaiting, takeWhole } from './takeWhole.ts';
import type { TargetFolders } from './targetFolders.ts';

type File = UploadBatch['files'][number];

/** What small files are taken with. */
export interface TakingMany {
  targets: TargetFolders;
  writer: PartWriter;
  taken: TakenFiles;
}

/** One file of a batch, and where its content stands in that of all. */
interface Arrived {
  at: number;
  file: File;
  offset: number;
}

/** A file that is ready to be written. */
interface Prepared extends Arrived {
  target: Target;
  part: string;
  name: string;
}

/** What came. */
interface Content {
  folder: string;
  /** Of all files, one behind the other. */
  content: Uint8Array<ArrayBuffer>;
  signal: AbortSignal;
}

/** Files that are dealt with one by one at the same time. */
const LANES = 8;
/** Rules that are looked at when a file takes its name, and not before. */
const DECIDED_LAST: readonly File['conflict'][] = ['fail', 'replace', 'rename'];

/** The files of one batch, each with a result of its own, and the folders that they go to, held open once. Call `close()` when done. */
export class Batch {
  readonly #taking: TakingMany;
  readonly #content: Content;
  readonly #targets = new Map<string, Promise<Target>>();
  readonly #results: BatchResult[] = [];
  readonly #unforeseen: unknown[] = [];

  constructor(taking: TakingMany, content: Content) {
    this.#taking = taking;
    this.#content = content;
  }

  /** Throws what nobody foresaw, once everything else was dealt with. */
  async take(files: readonly Arrived[]): Promise<BatchResult[]> {
    const prepared: Prepared[] = [];
    await this.#each(files, async (arrived) => {
      const { file } = arrived;
      if (this.#taking.taken.has(this.#content.folder, file)) return { offset: file.size, state: 'done' };
      if (file.sha256 !== undefined || !DECIDED_LAST.includes(file.conflict)) return await this.#takeAlone(arrived);
      prepared.push(await this.#prepare(arrived));
      return undefined;
    });
    if (prepared.length > 0) await this.#write(prepared);
    if (this.#unforeseen.length > 0) throw this.#unforeseen[0];
    return this.#results;
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#targets.values());
    await Promise.all(opened.map((each) => each.status === 'fulfilled' && each.value.close()));
  }

  async #write(prepared: readonly Prepared[]): Promise<void> {
    try {
      // The memory goes to the thread: nobody may look at it from here on.
      const fates = await this.#taking.writer.write(prepared.map(partOf), this.#content.content.buffer);
      await this.#each(prepared, (file, at) => this.#end(file, fates[at]));
    } catch (error) {
      // The thread is gone, and what it was at is removed; what is not there any more is just as well.
      for (const { target, part } of prepared) await unlink(target.folder.at(part)).catch(() => undefined);
      throw error;
    }
  }

  /** Keeps what became of each. */
  async #each<Kind extends Arrived>(
    files: readonly Kind[],
    work: (file: Kind, at: number) => Promise<UploadState | undefined>,
  ): Promise<void> {
    const waiting = files.entries();
    const lane = async () => {
      for (const [at, file] of waiting) {
        try {
          const result = await work(file, at);
          if (result) this.#keep(file, result);
        } catch (error) {
          this.#failed(file, error);
        }
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  #keep({ at, file }: Arrived, { state }: UploadState): void {
    this.#results[at] = { state: state === 'skipped' ? 'skipped' : 'done' };
    this.#taking.taken.add(this.#content.folder, file);
  }

  #failed({ at }: Arrived, error: unknown): void {
    const code = fileErrorCode(error);
    if (code === 'internal') this.#unforeseen.push(error);
    this.#results[at] = { state: 'failed', error: code };
  }

  async #prepare(arrived: Arrived): Promise<Prepared> {
    const names = arrived.file.name.split('/');
    const name = names.pop() ?? '';
    checkNewName(name);
    const target = await this.#target(names);
    return { ...arrived, target, name, part: target.newName() };
  }

  #target(names: readonly string[]): Promise<Target> {
    const key = names.join('/');
    const opening = this.#targets.get(key) ?? this.#taking.targets.open(this.#content.folder, names);
    this.#targets.set(key, opening);
    return opening;
  }

  /** One that is looked at before it is written. */
  #takeAlone({ file, offset }: Arrived): Promise<UploadState> {
    const { folder, content, signal } = this.#content;
    const bytes = content.subarray(offset, offset + file.size);
    return takeWhole(this.#taking.targets, { folder, ...file }, { signal, batches: () => once(bytes) });
  }

  async #end({ file, target, part, name }: Prepared, fate: PartFate | undefined): Promise<UploadState> {
    if (fate?.fate === 'lost') throw Object.assign(new Error('not written'), { code: fate.errno });
    const { folder, signal } = this.#content;
    if (fate?.fate === 'waits') return await nameWaiting({ folder, ...file }, { target, part, name, signal });
    await target.sync();
    return { offset: file.size, state: 'done' };
  }
}

function partOf({ file, target, part, name, offset }: Prepared): PartFile {
  const { folder } = target;
  return { part: folder.at(part), path: folder.at(name), offset, size: file.size, modified: file.modified };
}

async function* once(bytes: Uint8Array): AsyncGenerator<readonly Uint8Array[]> {
  if (bytes.byteLength > 0) yield [bytes];
}
