import { statfs } from 'node:fs/promises';
import { type Mount, MountTable } from '../../../../platform/mountTable.ts';
import { drivesOf, isRemote } from './drives.ts';
import { remoteSpace } from './remoteSpace.ts';

/** Room on a file system, in bytes. `size - used` is more than `free` where a part is kept for the system itself. */
export interface Space {
  size: number;
  used: number;
  free: number;
}

/** A drive, and the room on it. */
export interface DriveSpace extends Space {
  mount: string;
  device: string;
  format: string;
  main: boolean;
}

export type AskSpace = (path: string) => Promise<Space>;

/** A question that is under way. */
interface Asking {
  answer: Promise<void>;
  isLate: boolean;
}

/** A drive that does not answer within this time, in ms, is left out for now. */
const PATIENCE_MS = 1_000;
/** How long what was heard holds, in ms; other machines are asked more rarely. */
const FRESH_MS = 5_000;
const REMOTE_FRESH_MS = 60_000;
const MAX_REMOTE = 16;
const MAX_PATH = 256;

/** Room on the drives of this machine. A drive that hangs is asked once and then waited for, whoever else wants to know. */
export class Spaces {
  readonly #mounts = new MountTable();
  readonly #known = new Map<string, { space: Space | undefined; at: number }>();
  readonly #asking = new Map<string, Asking>();
  readonly #local: AskSpace;
  readonly #remote: AskSpace;

  constructor(local: AskSpace = localSpace, remote: AskSpace = remoteSpace) {
    this.#local = local;
    this.#remote = remote;
  }

  /** All drives, the one that the system is on first. */
  async read(): Promise<DriveSpace[]> {
    const mounts = drivesOf(await this.#mounts.list().catch(() => []));
    let remote = 0;
    const wanted = mounts.filter((mount) => !isRemote(mount) || remote++ < MAX_REMOTE);
    for (const path of this.#known.keys()) if (!wanted.some((mount) => mount.path === path)) this.#known.delete(path);
    await Promise.all(wanted.map((mount) => this.#refresh(mount)));
    return wanted.flatMap((mount) => {
      const space = this.#known.get(mount.path)?.space;
      if (!space || space.size === 0) return [];
      const { path, source, type } = mount;
      return [
        { mount: path.slice(0, MAX_PATH), device: source.slice(0, 256), format: type, main: path === '/', ...space },
      ];
    });
  }

  /** Resolves when it is known anew, or too late. */
  async #refresh(mount: Mount): Promise<void> {
    const { path } = mount;
    const isOther = isRemote(mount);
    const known = this.#known.get(path);
    if (known && performance.now() - known.at < (isOther ? REMOTE_FRESH_MS : FRESH_MS)) return;
    const asking = this.#asking.get(path) ?? this.#ask(path, isOther ? this.#remote : this.#local);
    if (!asking.isLate) await within(PATIENCE_MS, asking.answer, () => this.#late(path, asking));
  }

  #ask(path: string, ask: AskSpace): Asking {
    const answer = ask(path).then(
      (space) => this.#heard(path, space),
      () => this.#heard(path, undefined),
    );
    const asking = { answer, isLate: false };
    this.#asking.set(path, asking);
    return asking;
  }

  /** From here on nobody waits for it. */
  #late(path: string, asking: Asking): void {
    asking.isLate = true;
    this.#known.delete(path);
  }

  #heard(path: string, space: Space | undefined): void {
    this.#asking.delete(path);
    this.#known.set(path, { space, at: performance.now() });
  }
}

/** Out of the counts of blocks that a system tells. */
export function spaceOf({
  bsize,
  blocks,
  bfree,
  bavail,
}: Record<'bsize' | 'blocks' | 'bfree' | 'bavail', number>): Space {
  return { size: blocks * bsize, used: Math.max(0, blocks - bfree) * bsize, free: Math.max(0, bavail) * bsize };
}

async function localSpace(path: string): Promise<Space> {
  return spaceOf(await statfs(path));
}

async function within(ms: number, work: Promise<void>, late: () => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    late();
    resolve();
  }, ms);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
