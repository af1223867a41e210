import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Link } from './link.ts';
import type { Shape } from './shape.ts';

/** What the link's thread is started with. */
export interface LinkOrder {
  targetPort: number;
  shape: Shape;
  /** One Float64: bytes delivered to viewers. */
  delivered: SharedArrayBuffer;
}

/** A link whose shape can be changed while it is used. */
export interface ShapedLink extends Link {
  /** Resolves when it is in force. */
  reshape(shape: Shape): Promise<void>;
}

/** A line of limited rate, in a thread of its own: no measuring delays what passes. */
export async function openShapedLink(targetPort: number, shape: Shape): Promise<ShapedLink> {
  const delivered = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const count = new Float64Array(delivered);
  const order: LinkOrder = { targetPort, shape, delivered };
  const worker = new Worker(new URL('./shapedThread.ts', import.meta.url), { workerData: order });
  const [port] = await once(worker, 'message');
  return {
    port,
    get bytesOut() {
      return count[0] ?? 0;
    },
    async reshape(next) {
      worker.postMessage(next);
      await once(worker, 'message');
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
