/** A small file for the thread to write. Paths are what the functions of `node:fs` take; they lead through a folder that is held open. */
export interface PartFile {
  /** By which it waits until it is on the drive. */
  part: string | Uint8Array;
  /** By which it is known then, if nothing has that name. */
  path: string | Uint8Array;
  /** Where its content begins in that of all. */
  offset: number;
  size: number;
  /** ms since 1970. */
  modified: number | undefined;
}

/** Several files to write at once. */
export interface PartJob {
  id: number;
  files: readonly PartFile[];
  content: ArrayBuffer;
  /** Permission bits of new files. */
  mode: number;
}

/**
 * What became of one: it has its name, or it waits on the drive by its other name since that one could not be given just so, or
 * nothing is left of it for the reason that the system gave.
 */
export type PartFate = { fate: 'placed' | 'waits' } | { fate: 'lost'; errno: string };

export interface PartAnswer {
  id: number;
  fates: readonly PartFate[];
}
