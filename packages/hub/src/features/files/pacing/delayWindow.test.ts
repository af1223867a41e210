import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DelayWindow } from './delayWindow.ts';

interface Line {
  /** Bytes in a millisecond. */
  rate: number;
  /** There and back while nothing is in front, in ms. */
  trip: number;
  /** Up to this much is added to a round trip, in ms. */
  noise: number;
}

const PIECE = 4_096;

/** A transfer that always has more to send, over a line with a queue without end, a millisecond at a time. */
class Transfer {
  readonly window = new DelayWindow();
  /** How long the queue was, in ms, at each millisecond. */
  readonly queues: number[] = [];
  delivered = 0;
  #now = 0;
  #queue = 0;
  #sent = 0;
  #acked = 0;
  #budget = 0;
  #seed = 1;
  #underway: { at: number; ms: number; sent: number }[] = [];

  run(line: Line, ms: number): this {
    for (const end = this.#now + ms; this.#now < end; this.#now++) {
      const out = Math.min(this.#queue, line.rate);
      this.#queue -= out;
      this.delivered += out;
      this.#hear();
      if (this.#now % 8 === 0) this.#ask(line);
      if (this.#now % 4 === 0) this.#budget = Math.min(this.#budget + this.window.rate * 4, this.window.rate * 8);
      this.#send();
      this.queues.push(this.#queue / line.rate);
    }
    return this;
  }

  #hear(): void {
    const heard = this.#underway.filter(({ at }) => at <= this.#now);
    this.#underway = this.#underway.filter(({ at }) => at > this.#now);
    for (const { ms, sent } of heard) {
      const acked = Math.max(0, sent - this.#acked);
      this.#acked += acked;
      this.window.told({ ms, at: this.#now, acked, isLimited: true });
    }
  }

  #ask({ rate, trip, noise }: Line): void {
    this.#seed = (this.#seed * 16_807) % 2_147_483_647;
    const ms = this.#queue / rate + trip + (this.#seed / 2_147_483_647) * noise;
    this.#underway.push({ at: this.#now + ms, ms, sent: this.#sent });
  }

  #send(): void {
    while (this.#sent - this.#acked < this.window.bytes && this.#budget > 0) {
      this.#sent += PIECE;
      this.#queue += PIECE;
      this.#budget -= PIECE;
    }
  }
}

function longest(queues: number[], share: number): number {
  return queues.toSorted((a, b) => a - b)[Math.floor(queues.length * share)] ?? 0;
}

for (const [name, line] of Object.entries({
  '20 Mbit/s': { rate: 2_500, trip: 20, noise: 1 },
  '5 Mbit/s from afar': { rate: 625, trip: 80, noise: 2 },
  '100 Mbit/s': { rate: 12_500, trip: 10, noise: 2 },
})) {
  test(`a line is well used, and what else goes over it hardly waits, for as long as it takes: ${name}`, () => {
    const transfer = new Transfer().run(line, 3_000);
    transfer.queues.length = 0;
    const before = transfer.delivered;
    transfer.run(line, 60_000);
    assert.ok(transfer.delivered - before > 0.7 * line.rate * 60_000, `${transfer.delivered - before}`);
    assert.ok(longest(transfer.queues, 0.95) < 15, `${longest(transfer.queues, 0.95)} ms`);
  });
}

test('a line that gets slower is noticed, and one that gets faster again too', () => {
  const [fast, slow] = [
    { rate: 2_500, trip: 20, noise: 1 },
    { rate: 500, trip: 20, noise: 1 },
  ];
  const transfer = new Transfer().run(fast, 10_000).run(slow, 2_000);
  transfer.queues.length = 0;
  transfer.run(slow, 8_000);
  assert.ok(longest(transfer.queues, 0.9) < 30, `${longest(transfer.queues, 0.9)} ms`);
  transfer.run(fast, 5_000);
  const before = transfer.delivered;
  transfer.run(fast, 10_000);
  assert.ok(transfer.delivered - before > 0.7 * fast.rate * 10_000);
});

test('a line whose delay has grown for good is used again after a while', () => {
  const transfer = new Transfer().run({ rate: 2_500, trip: 20, noise: 1 }, 5_000);
  const farther = { rate: 2_500, trip: 60, noise: 1 };
  transfer.run(farther, 60_000);
  const before = transfer.delivered;
  transfer.run(farther, 10_000);
  assert.ok(transfer.delivered - before > 0.6 * farther.rate * 10_000, `${transfer.delivered - before}`);
});
