import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Passes connections on to a port of this machine, and counts what goes through, both ways, as the network would carry it. */
export class CountedLink implements AsyncDisposable {
  readonly port: number;
  /** Bytes so far. */
  bytes = 0;
  readonly #end: () => Promise<void>;

  private constructor(port: number, end: () => Promise<void>) {
    this.port = port;
    this.#end = end;
  }

  static async open(targetPort: number): Promise<CountedLink> {
    const sockets = new Set<Socket>();
    const server = createServer((caller) => {
      const target = connect(targetPort, '127.0.0.1');
      for (const [from, to] of [
        [caller, target],
        [target, caller],
      ] as const) {
        sockets.add(from.setNoDelay(true));
        from.on('data', (chunk) => {
          link.bytes += chunk.byteLength;
        });
        // An end of either side is an error for nobody here.
        from.on('error', () => undefined).on('close', () => to.destroy());
        from.pipe(to);
      }
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const link = new CountedLink((server.address() as AddressInfo).port, async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    });
    return link;
  }

  /** Bytes a second while `ms` pass. */
  async rate(ms: number): Promise<number> {
    const [before, begun] = [this.bytes, performance.now()];
    await new Promise((resolve) => setTimeout(resolve, ms));
    return ((this.bytes - before) / (performance.now() - begun)) * 1_000;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#end();
  }
}
