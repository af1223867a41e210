import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { chownSync, closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Account } from '../../platform/programs/account.ts';
import { EndedInput } from './endedInput.ts';

/** A program and its three pipes. */
export interface PipedChild {
  child: ChildProcess;
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /** What was written to `stdin` is all that there is. */
  endInput(): void;
}

/**
 * Starts a program with real pipes: what Node makes of `pipe` is a socket, and a program that opens `/dev/stderr` by name, as
 * many scripts do, fails on one. Where the system has no named pipes it is sockets all the same.
 */
export function spawnPiped(file: string, args: string[], options: SpawnOptions, account: Account): PipedChild {
  const ends = openPipes(account);
  if (!ends) return spawnWithSockets(file, args, options);
  const [input, output, errors] = ends;
  try {
    const child = spawn(file, args, { ...options, stdio: [input.other, output.other, errors.other] });
    const stdin = new Socket({ fd: input.own, readable: false, writable: true });
    return {
      child,
      stdin,
      stdout: new Socket({ fd: output.own, readable: true, writable: false }),
      stderr: new Socket({ fd: errors.own, readable: true, writable: false }),
      endInput: () => endPipe(child, stdin, input.own),
    };
  } finally {
    for (const { other } of ends) closeSync(other);
  }
}

function spawnWithSockets(file: string, args: string[], options: SpawnOptions): PipedChild {
  const child = spawn(file, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  const { stdin, stdout, stderr } = child;
  return { child, stdin, stdout, stderr, endInput: () => void stdin.end() };
}

/** Programs may open their input by name after its end, too. */
function endPipe(child: ChildProcess, stdin: Socket, descriptor: number): void {
  if (stdin.writable && child.exitCode === null && child.signalCode === null) {
    const ended = EndedInput.begin(descriptor);
    for (const event of ['exit', 'error']) child.once(event, () => ended?.close());
  }
  stdin.end();
}

interface PipeEnds {
  /** Of this program: never blocks. */
  own: number;
  /** Of the other: always does. */
  other: number;
}

function openPipes(account: Account): [PipeEnds, PipeEnds, PipeEnds] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'porthole-pipe-'));
  const [input, output, errors] = [join(folder, '0'), join(folder, '1'), join(folder, '2')];
  try {
    execFileSync('mkfifo', ['-m', '600', input, output, errors]);
    // Opening a pipe by the name of its descriptor asks once more who may.
    for (const path of [input, output, errors])
      if (process.getuid?.() === 0) chownSync(path, account.uid ?? 0, account.gid ?? 0);
    return [openForWriting(input), openForReading(output), openForReading(errors)];
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function openForReading(path: string): PipeEnds {
  const own = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return { own, other: openSync(path, constants.O_WRONLY) };
}

/** Either end alone would wait for the other: one that is both is there until both are. */
function openForWriting(path: string): PipeEnds {
  const both = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const other = openSync(path, constants.O_RDONLY);
  const own = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  closeSync(both);
  return { own, other };
}
