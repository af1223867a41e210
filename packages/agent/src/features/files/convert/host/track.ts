import type { FormatContext, Packet, Stream } from 'node-av/lib';
import type { Av } from '../../thumbnails/host/av.ts';

/** One stream on its way from the file to the player. */
export interface Track {
  /** Takes a packet of its stream; it may keep nothing of it. */
  take(packet: Packet): void;
  /** The file is at its end: what is still inside comes out. */
  end?(): void;
  close?(): void;
}

/** Where tracks write, and from when on. */
export interface Target {
  av: Av;
  output: FormatContext;
  /** Time in the file, in µs, before which nothing is shown. */
  from: bigint;
  /** What is added to times of the file, in µs. */
  shift: bigint;
}

/** A track's way into the output: times become those of the player, and never go back. */
export class TrackWriter {
  readonly #target: Target;
  readonly #stream: Stream;
  readonly #from: { num: number; den: number };
  #last: bigint | undefined;

  /** @param from the unit of the times of its packets. */
  constructor(target: Target, stream: Stream, from: { num: number; den: number }) {
    this.#target = target;
    this.#stream = stream;
    this.#from = from;
  }

  write(packet: Packet): void {
    const { av, output, shift } = this.#target;
    const { timeBase, index } = this.#stream;
    const none = av.AV_NOPTS_VALUE;
    packet.rescaleTs(this.#from, timeBase);
    const known = packet.dts === none ? packet.pts : packet.dts;
    if (known === none) return;
    const offset = (shift * BigInt(timeBase.den)) / (BigInt(timeBase.num) * 1_000_000n);
    const earliest = this.#last === undefined ? 0n : this.#last + 1n;
    const dts = largest(known + offset, earliest);
    packet.dts = dts;
    packet.pts = packet.pts === none ? dts : largest(packet.pts + offset, dts);
    packet.streamIndex = index;
    this.#last = dts;
    if (output.interleavedWriteFrameSync(packet) < 0) throw new Error('not writable');
  }
}

function largest(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** µs as a time in another unit. */
export function inUnit(us: bigint, { num, den }: { num: number; den: number }): bigint {
  return (us * BigInt(den)) / (BigInt(num) * 1_000_000n);
}
