import { type BigIntStats, constants, type PathLike, readlinkSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { MountTable } from '../../../platform/mountTable.ts';
import type { FileBackend, Folder, Pinned } from '../backend.ts';
import { nameOfBytes, systemName } from '../fileNames.ts';

/** Refers to an entry without opening it: nothing hangs, nothing is set off. Not among Node's constants. */
const O_PATH = 0o10000000;
const { O_DIRECTORY, O_NOFOLLOW } = constants;

/**
 * Files of Linux. Every folder on the way is held by a descriptor, and the next name is looked up below it by way of
 * `/proc/self/fd`: who swaps a folder for a link in between changes nothing.
 */
export class LinuxFiles implements FileBackend {
  readonly separator = '/';
  readonly #mounts: MountTable;

  constructor(mounts: MountTable = new MountTable()) {
    this.#mounts = mounts;
  }

  async openFolder(path: PathLike): Promise<Folder> {
    return new DescriptorFolder(await open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW));
  }

  async pin(path: PathLike): Promise<Pinned> {
    const handle = await open(path, O_PATH | O_NOFOLLOW);
    try {
      return new DescriptorPin(handle, await handle.stat({ bigint: true }));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  isPseudo(device: bigint): Promise<boolean> {
    return this.#mounts.isPseudo(device);
  }
}

class Descriptor {
  readonly #handle: FileHandle;
  #closing: Promise<void> | undefined;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  get handle(): FileHandle {
    return this.#handle;
  }

  close(): Promise<void> {
    this.#closing ??= this.#handle.close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

class DescriptorFolder extends Descriptor implements Folder {
  at(name: string): string | Buffer {
    const below = systemName(name);
    const base = `/proc/self/fd/${this.handle.fd}/`;
    return typeof below === 'string' ? base + below : Buffer.concat([Buffer.from(base), below]);
  }

  stat(): Promise<BigIntStats> {
    return this.handle.stat({ bigint: true });
  }

  /** The kernel knows without looking at any drive, so nothing is waited for. */
  whereabouts(): string {
    return nameOfBytes(readlinkSync(`/proc/self/fd/${this.handle.fd}`, 'buffer'));
  }
}

class DescriptorPin extends Descriptor implements Pinned {
  readonly stats: BigIntStats;

  constructor(handle: FileHandle, stats: BigIntStats) {
    super(handle);
    this.stats = stats;
  }

  get path(): string {
    return `/proc/self/fd/${this.handle.fd}`;
  }

  get pathForOthers(): string {
    return `/proc/${process.pid}/fd/${this.handle.fd}`;
  }
}
