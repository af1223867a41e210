import { spawn } from 'node:child_process';
import type { Space } from './spaces.ts';

const PROGRAM = '/usr/bin/stat';
/** Bytes of a block, then blocks: all, free, free to users. */
const FORMAT = '%S %b %f %a';
const PATIENCE_MS = 1_000;
const MAX_ANSWER = 200;

/**
 * Room on a file system of another machine. Its kernel part may wait for ever, and a thread of this program with it; so another
 * program asks. Rejects when it ends without an answer, which may be never: nothing of this program waits with it.
 */
export function remoteSpace(path: string): Promise<Space> {
  const answer = Promise.withResolvers<Space>();
  const child = spawn(PROGRAM, ['-f', '-c', FORMAT, '--', path], { stdio: ['ignore', 'pipe', 'ignore'], env: {} });
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => {
    if (text.length < MAX_ANSWER) text += bytes.toString('latin1');
  });
  child.on('error', answer.reject);
  child.on('close', () => {
    clearTimeout(timer);
    const [size = Number.NaN, all = Number.NaN, free = Number.NaN, available = Number.NaN] = text
      .trim()
      .split(' ')
      .map(Number);
    if (!Number.isFinite(size * all * free * available)) return answer.reject(new Error('no answer'));
    answer.resolve({ size: size * all, used: size * Math.max(0, all - free), free: size * available });
  });
  child.unref();
  return answer.promise;
}
