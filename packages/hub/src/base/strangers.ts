import type { Socket } from 'node:net';
import { type Pending, type PendingLimits, PendingSockets } from './pendingSockets.ts';
import { sourceOf } from './source.ts';

/** Far more than one household or office needs before sign-in, and little enough that silence cannot fill the memory. */
const LIMITS: PendingLimits = { perSource: 512, total: 2048 };

/** Where a connection comes from and ends: the same on the raw socket and on the TLS socket around it. */
type Ends = Pick<Socket, 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort'>;

/**
 * The TCP connections on which nobody has proved who they are: bounded per source and in total, dropped by lot beyond, and
 * left alone from the moment somebody has.
 */
export class Strangers {
  readonly #pending: PendingSockets;
  readonly #byEnds = new Map<string, Pending>();

  constructor(limits: PendingLimits = LIMITS) {
    this.#pending = new PendingSockets(limits);
  }

  /** A connection came in; it, or another, may be destroyed before this returns. */
  add(socket: Socket): void {
    const ends = endsOf(socket);
    const pending = this.#pending.add(sourceOf(socket.remoteAddress), () => socket.destroy());
    this.#byEnds.set(ends, pending);
    socket.once('close', () => {
      pending.done();
      // The same ends may be in use again already.
      if (this.#byEnds.get(ends) === pending) this.#byEnds.delete(ends);
    });
  }

  /** Somebody proved who they are on this connection, raw or TLS; again is harmless. */
  met(socket: Ends): void {
    this.#byEnds.get(endsOf(socket))?.done();
  }
}

function endsOf({ remoteAddress, remotePort, localAddress, localPort }: Ends): string {
  return [remoteAddress, remotePort, localAddress, localPort].join(' ');
}
