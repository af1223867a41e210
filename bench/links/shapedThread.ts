import { parentPort, workerData } from 'node:worker_threads';
import type { Shape } from './shape.ts';
import type { LinkOrder } from './shaped.ts';
import { ShapedProxy } from './shapedProxy.ts';

/** Runs in a thread of its own. Says its port, then takes shapes and confirms each; ends with the thread. */
async function main({ targetPort, shape, delivered }: LinkOrder): Promise<void> {
  const count = new Float64Array(delivered);
  const proxy = await ShapedProxy.open(targetPort, shape, (bytes) => {
    count[0] = (count[0] ?? 0) + bytes;
  });
  parentPort?.on('message', (next: Shape) => {
    proxy.reshape(next);
    parentPort?.postMessage('reshaped');
  });
  parentPort?.postMessage(proxy.port);
}

await main(workerData);
