import { type FileHandle, lstat, unlink } from 'node:fs/promises';
import { type BatchResults, type FileAsk, PortholeError, type UploadState } from '@porthole/protocol';
import type { Folder } from '../backend.ts';
import { createFile, openToWrite } from '../change/newFile.ts';
import { openMaking } from '../change/openMaking.ts';
import type { Scratch } from '../change/scratch.ts';
import { errnoOf } from '../errno.ts';
import type { Exchange } from '../exchange.ts';
import { checkNewName } from '../fileNames.ts';
import { childPath } from '../filePaths.ts';
import type { FileSpace, OpenFolder } from '../fileSpace.ts';
import { type CompletePart, finishUpload } from './finishUpload.ts';
import { closePart, HeldParts, type OpenPart } from './heldParts.ts';
import { KEEP_MS, Leftovers, partName } from './leftovers.ts';
import { ownName } from './ownName.ts';
import { PartWriter } from './partWriter.ts';
import { type Hashed, HashesSoFar, hashSoFar, lengthOf, receivePieces } from './received.ts';
import { settle } from './settle.ts';
import { takeMany } from './takeMany.ts';
import { TakenFiles } from './takenFiles.ts';
import { takeWhole } from './takeWhole.ts';
import { TargetFolders } from './targetFolders.ts';
import { Turns } from './turns.ts';
import { type UploadRecord, UploadRecords } from './uploadRecords.ts';

/** Results that are remembered for whoever did not hear of them. */
const MAX_FINISHED = 2_000;
const SWEEP_MS = 60_000;
/** Stands for the number of a file that is about to be made. */
const UNMADE = '';

/** Files on their way to this device. The bytes wait beside their target under a name of their own until all have come. */
export class Uploads {
  readonly #space: FileSpace;
  readonly #records: UploadRecords;
  readonly #leftovers: Leftovers;
  readonly #targets: TargetFolders;
  readonly #writer = new PartWriter();
  readonly #taken = new TakenFiles();
  readonly #hashes = new HashesSoFar();
  readonly #turns = new Turns();
  readonly #held = new HeldParts();
  readonly #finished = new Map<string, UploadState>();
  readonly #timer: NodeJS.Timeout;

  /** @param folder where to remember what was begun. */
  constructor(space: FileSpace, scratch: Scratch, folder: string) {
    this.#space = space;
    this.#leftovers = new Leftovers(space);
    this.#targets = new TargetFolders(space, scratch, this.#leftovers);
    this.#records = new UploadRecords(folder);
    // What is left over is removed the next time as well; a drive that is away now may be there then.
    const sweep = () => void this.#sweep(Date.now()).catch(() => undefined);
    this.#timer = setInterval(sweep, SWEEP_MS);
    this.#timer.unref();
    sweep();
  }

  /** Takes a whole file that comes right behind its question. */
  take(ask: FileAsk<'take'>, exchange: Exchange): Promise<UploadState> {
    return takeWhole(this.#targets, ask, exchange);
  }

  /** Takes many small files that come one behind the other. */
  takeMany(ask: FileAsk<'takeMany'>, exchange: Exchange): Promise<BatchResults> {
    return takeMany({ targets: this.#targets, writer: this.#writer, taken: this.#taken }, ask, exchange);
  }

  /** Begins an upload, or finds one again that was begun with the same words. */
  begin(ask: FileAsk<'begin'>, signal: AbortSignal): Promise<UploadState> {
    return this.#turns.take(
      ask.id,
      async () => {
        const known = this.#finished.get(ask.id);
        if (known) return known;
        const record = await this.#recorded(ask.id);
        if (!record) return await this.#beginNew(ask, signal);
        if (record.folder !== ask.folder || record.size !== ask.size) throw new PortholeError('upload.unknown');
        return await this.#withPart(record, async ({ handle }) => receiving((await handle.stat()).size));
      },
      signal,
    );
  }

  /** How far an upload is, even while somebody sends it. */
  async state({ id, folder }: { id: string; folder: string }): Promise<UploadState> {
    if (this.#turns.isBusy(id)) return await this.#glance(id, folder);
    return await this.#turns.take(id, async () => {
      const known = this.#finished.get(id);
      if (known) return known;
      const record = await this.#known(id, folder);
      return await this.#withPart(record, async ({ handle }) => receiving((await handle.stat()).size));
    });
  }

  /** Takes what the asking side sends from `offset` on; with the last byte the file is complete. */
  write(ask: FileAsk<'write'>, exchange: Exchange): Promise<UploadState> {
    return this.#turns.take(
      ask.id,
      async () => {
        const known = this.#finished.get(ask.id);
        if (known) return known;
        const record = await this.#known(ask.id, ask.folder);
        record.begun = Date.now();
        const sha256 = ask.sha256 ?? record.sha256;
        const wanted = sha256 === undefined ? record : { ...record, sha256 };
        return await this.#withPart(wanted, (part) => this.#receive(wanted, ask.offset, { ...part, exchange }));
      },
      exchange.signal,
    );
  }

  /** Removes what came so far; an upload that is not known any more is none to complain about. */
  cancel({ id, folder }: { id: string; folder: string }): Promise<void> {
    return this.#turns.take(id, async () => {
      const record = await this.#records.get(id);
      if (record?.folder === folder) await this.#discard(record);
    });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#held.close();
    this.#targets.close();
    this.#writer.close();
  }

  async #beginNew(ask: FileAsk<'begin'>, signal: AbortSignal): Promise<UploadState> {
    const names = ask.name.split('/');
    const name = names.pop() ?? '';
    checkNewName(name);
    const target = await openMaking(this.#space, ask.folder, names);
    try {
      const settled = await settle(ask, { target, name, signal });
      if (!settled) return await this.#beginPart(ask, name, { target, signal });
      await target.close();
      return this.#finish(ask.id, settled);
    } catch (error) {
      await target.close();
      throw error;
    }
  }

  /** Takes the folder over, unless it fails. */
  async #beginPart(
    ask: FileAsk<'begin'>,
    name: string,
    { target, signal }: { target: OpenFolder; signal: AbortSignal },
  ): Promise<UploadState> {
    await this.#leftovers.sweep(target.folder);
    const { record, handle } = await this.#makePart(ask, name, target);
    const part = { target, handle };
    try {
      if (ask.size > 0) {
        this.#held.put(ask.id, part);
        return receiving(0);
      }
      const state = await this.#complete(record, { ...part, signal });
      await closePart(part);
      return state;
    } catch (error) {
      await part.handle.close();
      throw error;
    }
  }

  /** What is being made is written down before and after: wherever the agent is killed, nothing stays that nobody knows of. */
  async #makePart(
    ask: FileAsk<'begin'>,
    name: string,
    { path, folder }: OpenFolder,
  ): Promise<{ record: UploadRecord; handle: FileHandle }> {
    const record: UploadRecord = { ...ask, target: path, name, inode: UNMADE, begun: Date.now() };
    let handle: FileHandle | undefined;
    try {
      for (const old of await this.#records.put(record)) await this.#discard(old);
      handle = await createPart(folder, ask.id);
      record.inode = String((await handle.stat({ bigint: true })).ino);
      await this.#records.put(record);
      return { record, handle };
    } catch (error) {
      await handle?.close();
      await this.#discard(record);
      throw error;
    }
  }

  async #receive(
    record: UploadRecord,
    offset: number,
    { target, handle, exchange }: OpenPart & { exchange: Exchange },
  ): Promise<UploadState> {
    const { size } = await handle.stat();
    if (size !== offset || size > record.size) throw new PortholeError('upload.offset');
    let at = size;
    const hashed = await this.#hashFor(record, handle, at, exchange.signal);
    try {
      for await (const pieces of exchange.batches()) {
        if (at + lengthOf(pieces) > record.size) throw new PortholeError('message.invalid');
        at = await receivePieces(handle, pieces, at, hashed);
      }
    } catch (error) {
      if (errnoOf(error) !== '' && (await handle.stat()).size === 0) await this.#discard(record);
      throw error;
    } finally {
      if (hashed && at < record.size) this.#hashes.keep(record.id, hashed);
    }
    if (at < record.size) return receiving(at);
    return await this.#complete(record, { target, handle, signal: exchange.signal, hashed });
  }

  /** Only what will be compared is hashed. */
  async #hashFor(
    record: UploadRecord,
    handle: FileHandle,
    at: number,
    signal: AbortSignal,
  ): Promise<Hashed | undefined> {
    if (record.sha256 === undefined) return undefined;
    return this.#hashes.take(record.id, at) ?? (await hashSoFar(handle, at, signal));
  }

  async #complete(record: UploadRecord, part: CompletePart): Promise<UploadState> {
    let state: UploadState;
    try {
      state = await finishUpload({ ...record, part: partName(record.id) }, part);
    } catch (error) {
      // Its content is wrong, or its name is taken: no later attempt could do better.
      const isLost = error instanceof PortholeError && ['upload.wrong-hash', 'file.exists'].includes(error.code);
      if (isLost) await this.#discard(record);
      throw error;
    }
    if (state.state === 'skipped') await this.#discard(record);
    return this.#finish(record.id, state);
  }

  /** What was written down stays for a while: should the agent be killed before this is told, it will be known still. */
  #finish(id: string, state: UploadState): UploadState {
    const [oldest] = this.#finished.keys();
    if (this.#finished.size >= MAX_FINISHED && oldest !== undefined) {
      this.#finished.delete(oldest);
      // One that stays is removed when nobody has gone on with it for long.
      this.#records.delete(oldest).catch(() => undefined);
    }
    this.#finished.set(id, state);
    return state;
  }

  /** One that an agent which was killed had written down without having made its file is none. */
  async #recorded(id: string): Promise<UploadRecord | undefined> {
    const record = await this.#records.get(id);
    if (record?.inode !== UNMADE) return record;
    await this.#discard(record);
    return undefined;
  }

  async #known(id: string, folder: string): Promise<UploadRecord> {
    const record = await this.#recorded(id);
    if (record?.folder !== folder) throw new PortholeError('upload.unknown');
    return record;
  }

  /** Opens the kept file of an upload; one that is gone took its name already, or is lost. */
  async #withPart(record: UploadRecord, use: (part: OpenPart) => Promise<UploadState>): Promise<UploadState> {
    const part = this.#held.take(record.id) ?? (await this.#openPart(record));
    if (!part) return await this.#withoutPart(record);
    try {
      const { ino, nlink } = await part.handle.stat({ bigint: true });
      const isOwn = String(ino) === record.inode && nlink > 0n;
      // For a moment it has both of its names.
      const hasName = nlink > 1n && (await ownName(part.target.folder, record)) !== undefined;
      if (isOwn && !hasName) return await use(part);
    } finally {
      await closePart(part);
    }
    return await this.#withoutPart(record);
  }

  async #openPart(record: UploadRecord): Promise<OpenPart | undefined> {
    const target = await this.#space.folder(record.target);
    try {
      const handle = await openToWrite(target.folder, partName(record.id));
      if (handle) return { target, handle };
    } catch (error) {
      await target.close();
      throw error;
    }
    await target.close();
    return undefined;
  }

  /** The agent may have been killed between giving the file its name and telling so. */
  async #withoutPart(record: UploadRecord): Promise<UploadState> {
    await using target = await this.#space.folder(record.target);
    this.#hashes.drop(record.id);
    const name = await ownName(target.folder, record);
    if (name === undefined) {
      await this.#records.delete(record.id);
      throw new PortholeError('upload.unknown');
    }
    await unlinkAny(target.folder.at(partName(record.id)));
    return this.#finish(record.id, { offset: record.size, state: 'done', path: childPath(target.path, name) });
  }

  /** The size of what somebody else is sending; before it is made, and about to take its name, it has none. */
  async #glance(id: string, folder: string): Promise<UploadState> {
    const record = await this.#records.get(id);
    if (!record) throw new PortholeError('upload.busy');
    if (record.folder !== folder) throw new PortholeError('upload.unknown');
    await using target = await this.#space.folder(record.target);
    const stats = await lstat(target.folder.at(partName(id))).catch(() => undefined);
    if (!stats) throw new PortholeError('upload.busy');
    return receiving(stats.size);
  }

  async #discard(record: UploadRecord): Promise<void> {
    this.#hashes.drop(record.id);
    this.#held.drop(record.id);
    try {
      await using target = await this.#space.folder(record.target);
      await unlinkAny(target.folder.at(partName(record.id)));
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR'].includes(errnoOf(error))) throw error;
    }
    await this.#records.delete(record.id);
  }

  async #sweep(now: number): Promise<void> {
    for (const record of await this.#records.all()) {
      const age = now - record.begun;
      if (this.#turns.isBusy(record.id)) continue;
      if (this.#finished.has(record.id)) {
        if (age >= SWEEP_MS) await this.#records.delete(record.id);
      } else if (record.inode === UNMADE || age >= KEEP_MS) {
        await this.#turns.take(record.id, () => this.#discard(record));
      }
    }
  }
}

async function unlinkAny(path: string | Buffer): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

/** Makes a file for bytes to wait in. One that is there already has lost what was written down of it. */
async function createPart(folder: Folder, id: string): Promise<FileHandle> {
  try {
    return await createFile(folder, partName(id));
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    await unlink(folder.at(partName(id)));
    return await createFile(folder, partName(id));
  }
}

function receiving(offset: number): UploadState {
  return { offset, state: 'receiving' };
}
