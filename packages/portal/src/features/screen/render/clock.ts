/**
 * The device's clock seen from here. The sample with the shortest round trip counts, since its error is at most half of that;
 * samples age, so that a drifting clock is followed. All times in ms.
 */
export class DeviceClock {
  #samples: { roundTrip: number; offset: number }[] = [];

  /** A question sent at `sentAt` came back at `now` with the device's time `deviceAt`. */
  sample(sentAt: number, now: number, deviceAt: number): void {
    const roundTrip = now - sentAt;
    this.#samples.push({ roundTrip, offset: deviceAt - (sentAt + now) / 2 });
    if (this.#samples.length > 12) this.#samples.shift();
  }

  /** A moment of the device on this clock; undefined before the first sample. */
  toLocal(deviceTime: number): number | undefined {
    const best = this.#samples.reduce<{ roundTrip: number; offset: number } | undefined>(
      (best, sample) => (best && best.roundTrip <= sample.roundTrip ? best : sample),
      undefined,
    );
    return best && deviceTime - best.offset;
  }
}
