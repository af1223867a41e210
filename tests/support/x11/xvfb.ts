import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A running X server without a screen. `close()` ends it and waits; `kill()` is kill -9. It does not outlive this process's exit. */
export interface Xvfb {
  readonly display: string;
  readonly pid: number;
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface XvfbOptions {
  width?: number;
  height?: number;
  depth?: number;
  /** More arguments, after the usual ones. */
  extra?: string[];
  /** A number to use again, such as '97'; otherwise the server picks a free one. */
  display?: string;
}

/** Starts a real X server. Rejects when it ends before it is ready. */
export async function startXvfb(options: XvfbOptions = {}): Promise<Xvfb> {
  const { width = 1280, height = 720, depth = 24, extra = [], display } = options;
  const fixed = display === undefined ? [] : [`:${display}`];
  const screen = ['-screen', '0', `${width}x${height}x${depth}`, '-nolisten', 'tcp', '-noreset'];
  const server = spawn('Xvfb', [...fixed, '-displayfd', '3', ...screen, ...extra], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const exited = once(server, 'exit');
  const onExit = (): boolean => server.kill('SIGKILL');
  process.once('exit', onExit);
  void exited.then(() => process.off('exit', onExit));
  const number = await Promise.race([
    firstLine(server.stdio[3] as Readable),
    exited.then(() => Promise.reject(new Error('Xvfb ended before it was ready'))),
  ]);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    server.kill(signal);
    await exited;
  };
  return {
    display: `:${number}`,
    pid: server.pid ?? 0,
    kill: () => end('SIGKILL'),
    close: () => end('SIGTERM'),
  };
}

async function firstLine(stream: Readable): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line.trim();
  throw new Error('Xvfb said no display number');
}
