import type { BigIntStats, PathLike } from 'node:fs';

/** What can be closed once it is no longer needed; closing again does nothing. */
export interface Held extends AsyncDisposable {
  close(): Promise<void>;
}

/** A folder held open: its entries are reached through it, whatever becomes of its path meanwhile. */
export interface Folder extends Held {
  /** By what the functions of `node:fs` reach an entry of this very folder. '' is the folder itself. */
  at(name: string): string | Buffer;
  stat(): Promise<BigIntStats>;
  /** The path by which it is reached at this moment, without links, as shown; undefined where only looking would tell. */
  whereabouts(): string | undefined;
}

/** Something held in place without having been opened: what it is was found out, and stays so. */
export interface Pinned extends Held {
  readonly stats: BigIntStats;
  /** By what the functions of `node:fs` reach this very thing. */
  readonly path: string | Buffer;
  /** The same for another process of this user. */
  readonly pathForOthers: string;
}

/** How files are reached on one kind of system without a name being looked up twice. */
export interface FileBackend {
  readonly separator: '/' | '\\';
  /** Opens a folder; never through a link in the last part (ENOTDIR). */
  openFolder(path: PathLike): Promise<Folder>;
  /** Holds whatever is there, links and devices included, without opening it. */
  pin(path: PathLike): Promise<Pinned>;
  /** True for file systems that are no storage: the kernel's own views of memory, processes and devices. */
  isPseudo(device: bigint): Promise<boolean>;
}
