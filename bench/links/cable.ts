import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Refusal } from '../../scripts/lib/refusal.mjs';

/** Addresses of nobody's network (RFC 2544: for measurements). */
const [NEAR, FAR] = ['198.18.77.1', '198.18.77.2'];
/** What the line takes at once, and its waiting room, as milliseconds of its rate. */
const BURST_BYTES = 5_000;
const QUEUE_MS = 100;

/**
 * A network of its own at the other end of a cable of limited rate, in both directions. The kernel's own TCP runs over it,
 * end to end, where a proxy ends each connection and begins another with megabytes of room in between: what a receiver
 * holds back is held back at the sender only here. Needs Linux and its superuser.
 */
export class Cable implements Disposable {
  /** Where programs at the far end listen. */
  readonly address = FAR;
  /** What runs a program at the far end. */
  readonly within: readonly string[];
  readonly #name = `porthole-bench-${process.pid}`;
  readonly #near = `phb${process.pid}`;

  private constructor() {
    this.within = ['ip', 'netns', 'exec', this.#name];
  }

  static lay(mbps: number): Cable {
    if (process.getuid?.() !== 0) throw new Refusal('Laying a cable needs Linux and its superuser.');
    const cable = new Cable();
    ip('netns', 'add', cable.#name);
    try {
      cable.#connect(mbps);
    } catch (error) {
      cable[Symbol.dispose]();
      throw error;
    }
    return cable;
  }

  /** Bytes that went through the cable so far, both ways together. */
  get bytes(): number {
    return ['rx_bytes', 'tx_bytes'].reduce(
      (sum, counter) => sum + Number(readFileSync(`/sys/class/net/${this.#near}/statistics/${counter}`, 'utf8')),
      0,
    );
  }

  #connect(mbps: number): void {
    ip('link', 'add', this.#near, 'type', 'veth', 'peer', 'name', 'far', 'netns', this.#name);
    const ends = [
      { at: [], device: this.#near, address: NEAR },
      { at: ['-n', this.#name], device: 'far', address: FAR },
    ];
    for (const { at, device, address } of ends) {
      ip(...at, 'address', 'add', `${address}/30`, 'dev', device);
      ip(...at, 'link', 'set', device, 'up');
      const rate = ['rate', `${mbps}mbit`, 'burst', String(BURST_BYTES), 'latency', `${QUEUE_MS}ms`];
      execFileSync('tc', [...at, 'qdisc', 'add', 'dev', device, 'root', 'tbf', ...rate]);
    }
    ip('-n', this.#name, 'link', 'set', 'lo', 'up');
  }

  [Symbol.dispose](): void {
    ip('netns', 'del', this.#name);
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args);
}
