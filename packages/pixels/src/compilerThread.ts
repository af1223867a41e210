import { type MessagePort, workerData } from 'node:worker_threads';

/** What the thread of the compiler is given. */
export interface CompilerJob {
  args: string[];
  /** Its first number becomes 1 when all is over. */
  over: Int32Array<SharedArrayBuffer>;
  /** Takes one text: what went wrong, or nothing. */
  port: MessagePort;
}

/** What went wrong, as text; '' when nothing did. */
async function compile(args: string[]): Promise<string> {
  try {
    const { main } = await import('assemblyscript/asc');
    const { error, stderr } = await main(args);
    return error ? `${stderr.toString()}${error.message}` : '';
  } catch (error) {
    return `${error}`;
  }
}

const { args, over, port }: CompilerJob = workerData;
port.postMessage(await compile(args));
Atomics.store(over, 0, 1);
Atomics.notify(over, 0);
