import { DeviceClock } from './clock.ts';
import { LatencyMeter, type PictureCost, type ScreenMetrics } from './latency.ts';
import type { QueuedPicture } from './pictureQueue.ts';

/** A key that changed nothing for so long is forgotten, in ms. */
const KEY_MS = 1_000;

/** What is known of a picture before it is painted. */
interface Underway {
  picture: Omit<QueuedPicture, 'steps' | 'update'> & { delayAck: boolean };
  /** When the device noticed the change; undefined until the clocks are compared. */
  noticedAt: number | undefined;
  cost: Omit<PictureCost, 'paint' | 'total'> | undefined;
}

export interface Painted {
  seq: number;
  paintMs: number;
  /** When it was on the canvas. */
  at: number;
  /** Memory of its pixels, to be used again. */
  used: ArrayBuffer[];
}

/** Measures what each picture costs on its way. All moments are in ms since 1970 as `localNow` tells them. */
export class ScreenMeter {
  readonly #underway = new Map<number, Underway>();
  readonly #meter = new LatencyMeter();
  #clock = new DeviceClock();
  /** The first key that no picture has answered yet. */
  #keyAt: number | undefined;

  /** Pictures that the page has and has not painted. */
  get unpainted(): number {
    return this.#underway.size;
  }

  /** The device answered a ping. */
  compare({ sentAt, deviceAt }: { sentAt: number; deviceAt: number }): void {
    this.#clock.sample(sentAt, localNow(), deviceAt);
  }

  keySent(at: number): void {
    this.#keyAt ??= at;
  }

  /** A picture goes to the page. `roundTrip` is that of the connection to the hub, undefined while unknown. */
  decoded({ steps: _, update, ...picture }: QueuedPicture, roundTrip: number | undefined): void {
    const noticedAt = this.#clock.toLocal(update.capturedAt);
    const { captureMs: capture, encodeMs: encode } = update;
    const arrivedAt = performance.timeOrigin + picture.arrivedAt;
    const underway = Math.max(0, arrivedAt - (noticedAt ?? 0) - capture - encode);
    const network = Math.min(underway, (roundTrip ?? 0) / 2);
    const decode = Math.max(0, localNow() - arrivedAt);
    const cost = { capture, encode, relay: underway - network, network, decode };
    this.#underway.set(picture.seq, {
      picture: { ...picture, delayAck: update.delayAck },
      noticedAt,
      cost: noticedAt === undefined ? undefined : cost,
    });
  }

  /** A picture is on the canvas. Answers what its acknowledgement needs; undefined when nothing is known of it. */
  painted({ seq, at }: Pick<Painted, 'seq' | 'at'>): Pick<Underway['picture'], 'decodeMs' | 'delayAck'> | undefined {
    const known = this.#underway.get(seq);
    if (!known) return undefined;
    this.#underway.delete(seq);
    const { picture, noticedAt, cost } = known;
    const { bytes, shares } = picture;
    this.#meter.shown({
      at,
      bytes,
      shares,
      cost: cost && finish(cost, noticedAt ?? 0, at),
      keyMs: this.#keyMs(noticedAt, at),
    });
    return { decodeMs: picture.decodeMs, delayAck: picture.delayAck };
  }

  /** Figures of the last seconds; null when nothing was shown. */
  read(): ScreenMetrics | null {
    return this.#meter.read(localNow());
  }

  /** The stream starts anew; what is on its way to the page is not measured. */
  reset(): void {
    this.#underway.clear();
    this.#keyAt = undefined;
  }

  #keyMs(noticedAt: number | undefined, at: number): number | undefined {
    const keyAt = this.#keyAt;
    if (keyAt === undefined || noticedAt === undefined || noticedAt < keyAt) return undefined;
    this.#keyAt = undefined;
    // A change so late has another cause.
    return at - keyAt > KEY_MS ? undefined : at - keyAt;
  }
}

/** Painting is what is left: to hand the picture over, to wait for the page, to paint. */
function finish(cost: Omit<PictureCost, 'paint' | 'total'>, noticedAt: number, at: number): PictureCost {
  const { capture, encode, relay, network, decode } = cost;
  const before = capture + encode + relay + network + decode;
  const total = Math.max(before, at - noticedAt);
  return { ...cost, paint: total - before, total };
}

/** This clock: ms since 1970, monotonic, with fractions; the same in the page and its workers. */
export function localNow(): number {
  return performance.timeOrigin + performance.now();
}
