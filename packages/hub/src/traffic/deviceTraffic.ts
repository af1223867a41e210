import { FEATURE_NAMES, type FeatureName, type Traffic } from '@porthole/protocol';
import { ByteMeter } from './byteMeter.ts';

/** What bytes are for; `other` is what belongs to no feature. */
export type TrafficKind = FeatureName | 'other';
const KINDS: readonly TrafficKind[] = [...FEATURE_NAMES, 'other'];

/** Bytes of a day by what they were for. */
export type DayBytes = Partial<Record<TrafficKind, number>>;

/** What one device sent today, and sends now. */
export class DeviceTraffic {
  readonly #meters = new Map<TrafficKind, ByteMeter>();

  /** Goes on from what was counted before. */
  constructor(bytes: DayBytes = {}) {
    for (const kind of KINDS) if (bytes[kind]) this.#meters.set(kind, new ByteMeter(bytes[kind]));
  }

  /** `now` in ms of a clock that never goes back. */
  add(kind: TrafficKind, bytes: number, now: number): void {
    let meter = this.#meters.get(kind);
    if (!meter) {
      meter = new ByteMeter();
      this.#meters.set(kind, meter);
    }
    meter.add(bytes, now);
  }

  /** Another day began. */
  startDay(): void {
    for (const meter of this.#meters.values()) meter.total = 0;
  }

  /** Of the day so far. */
  bytes(): DayBytes {
    return Object.fromEntries([...this.#meters].map(([kind, { total }]) => [kind, total]));
  }

  show(now: number): Traffic {
    const shown: Traffic = { now: {}, today: {}, other: { now: 0, today: 0 } };
    for (const [kind, meter] of this.#meters) {
      const figures = { now: Math.round(meter.rate(now)), today: meter.total };
      if (kind === 'other') shown.other = figures;
      else if (figures.now + figures.today > 0) {
        shown.now[kind] = figures.now;
        shown.today[kind] = figures.today;
      }
    }
    return shown;
  }
}
