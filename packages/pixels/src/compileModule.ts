import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { CompilerJob } from './compilerThread.ts';

const THREAD = fileURLToPath(new URL('./compilerThread.ts', import.meta.url));
/** Many times what a slow machine takes, in ms; a compiler that never answers must not hold us for ever. */
const PATIENCE_MS = 120_000;

/**
 * Runs the compiler of AssemblyScript and waits for it; `folder` is what its arguments are relative to. It is a thread and
 * no process, so it ends with us, however we end. Throws with what it said.
 */
export function compileModule(folder: string, args: readonly string[]): void {
  const { port1: ours, port2: port } = new MessageChannel();
  const over = new Int32Array(new SharedArrayBuffer(4));
  const job: CompilerJob = { args: [...args, '--baseDir', folder], over, port };
  // Options of ours, such as one that says what kind of module is given as text, could keep it from starting.
  const options = { execArgv: [], stdout: true, stderr: true };
  const thread = new Worker(THREAD, { workerData: job, transferList: [port], ...options });
  // Told apart from a failure below; without a listener it would end this process.
  thread.on('error', () => undefined);
  const isOver = Atomics.wait(over, 0, 0, PATIENCE_MS) !== 'timed-out';
  const said: unknown = receiveMessageOnPort(ours)?.message;
  ours.close();
  void thread.terminate();
  if (!isOver) throw new Error('The compiler of the pixel kernel does not answer.');
  if (said !== '') throw new Error(`The pixel kernel could not be built:\n${String(said)}`.trim());
}
