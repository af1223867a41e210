import {
  closeSync,
  constants,
  fchmodSync,
  fsync,
  futimesSync,
  linkSync,
  openSync,
  type PathLike,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { parentPort } from 'node:worker_threads';
import { errnoOf } from '../errno.ts';
import type { PartAnswer, PartFate, PartFile, PartJob } from './partMessages.ts';

/**
 * Files written through to the drive at the same time: it does that for several as fast as for one. There are four threads for
 * such work in the whole program, and one is left to everybody else.
 */
const LANES = 3;
const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR } = constants;
const writeThrough = promisify(fsync);

/** One file on its way: open, or lost for a reason. */
type Step = { fd: number } | { fate: 'lost'; errno: string };

parentPort?.on('message', (job: PartJob) => void work(job));

/** A call that waits costs a twentieth of one that tells later, which is why this is a thread of its own. */
async function work({ id, files, content, mode }: PartJob): Promise<void> {
  const bytes = new Uint8Array(content);
  const steps = files.map((file) => begin(file, bytes.subarray(file.offset, file.offset + file.size), mode));
  const waiting = steps.keys();
  const lane = async () => {
    for (const at of waiting) steps[at] = await finish(steps[at], files[at]);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const fates = files.map((file, at) => place(file, steps[at]));
  parentPort?.postMessage({ id, fates } satisfies PartAnswer);
}

/** Makes the file, which nobody else may read before it is whole. */
function begin({ part, modified }: PartFile, content: Uint8Array, mode: number): Step {
  let fd: number | undefined;
  try {
    fd = openSync(pathOf(part), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    for (let at = 0; at < content.byteLength; ) at += writeSync(fd, content, at);
    fchmodSync(fd, mode);
    if (modified !== undefined) futimesSync(fd, Date.now() / 1000, modified / 1000);
    return { fd };
  } catch (error) {
    return lose(part, fd, error);
  }
}

async function finish(step: Step | undefined, file: PartFile | undefined): Promise<Step> {
  if (!step || !file) throw new TypeError('a file without its step');
  if (!('fd' in step)) return step;
  try {
    await writeThrough(step.fd);
    return step;
  } catch (error) {
    return lose(file.part, step.fd, error);
  }
}

/** Gives it its name, unless anything has that. */
function place({ part, path }: PartFile, step: Step | undefined): PartFate {
  if (!step) throw new TypeError('a file without its step');
  if (!('fd' in step)) return step;
  try {
    closeSync(step.fd);
    linkSync(pathOf(part), pathOf(path));
  } catch {
    // There are drives without a second name, too: whoever asked finds out by all the ways that there are.
    return { fate: 'waits' };
  }
  tryUnlink(part);
  return { fate: 'placed' };
}

function lose(part: PartFile['part'], fd: number | undefined, error: unknown): Step {
  const errno = errnoOf(error) || 'EIO';
  if (fd !== undefined) {
    tryUnlink(part);
    closeSync(fd);
  }
  return { fate: 'lost', errno };
}

/** What cannot be removed now is removed with the next start of the agent. */
function tryUnlink(part: PartFile['part']): void {
  try {
    unlinkSync(pathOf(part));
  } catch {
    return;
  }
}

/** Buffers become plain arrays on their way here. */
function pathOf(path: string | Uint8Array): PathLike {
  return typeof path === 'string' ? path : Buffer.from(path);
}
