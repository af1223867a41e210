import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Link, picturesAllowed } from './link.ts';

/** A viewer behind a road that carries `rate` bytes per ms and takes `delay` ms each way; sent to whenever there is room. */
class Road {
  readonly link = new Link();
  rate: number;
  delay: number;
  readonly #acks: { seq: number; at: number }[] = [];
  #free = 0;
  #seq = 0;
  now = 0;

  constructor(rate: number, delay: number) {
    this.rate = rate;
    this.delay = delay;
  }

  /** Drives for so many ms with pictures of so many bytes; answers what was sent, and the longest wait for the road. */
  drive(bytes: number, ms: number): { sent: { at: number; bytes: number }[]; longest: number } {
    const sent: { at: number; bytes: number }[] = [];
    let longest = 0;
    for (const end = this.now + ms; this.now < end; this.now++) {
      this.#takeAcks();
      if (!this.link.hasRoom(this.now)) continue;
      const picture = { seq: ++this.#seq, bytes, delayAck: this.link.mayDelayAck(bytes) };
      this.link.sent(picture, this.now);
      sent.push({ at: this.now, bytes });
      this.#free = Math.max(this.#free, this.now) + bytes / this.rate;
      longest = Math.max(longest, this.#free - this.now);
      this.#acks.push({ seq: this.#seq, at: this.#free + 2 * this.delay });
    }
    return { sent, longest };
  }

  #takeAcks(): void {
    for (let ack = this.#acks[0]; ack && ack.at <= this.now; ack = this.#acks[0]) {
      this.link.acknowledged(ack.seq, this.now);
      this.#acks.shift();
    }
  }
}

test('two pictures may be on their way before the first acknowledgement', () => {
  const link = new Link();
  link.sent({ seq: 1, bytes: 100 }, 0);
  assert.ok(link.hasRoom(20));
  link.sent({ seq: 2, bytes: 100 }, 20);
  assert.equal(link.hasRoom(40), false);
  assert.equal(link.waitFor(40), Number.POSITIVE_INFINITY);
  link.acknowledged(1, 45);
  assert.ok(link.hasRoom(45));
});

test('pictures that a known link carries in no time need no answer of their own, but one of six gets it', () => {
  const link = new Link();
  assert.equal(link.mayDelayAck(100), false, 'nothing is known of it');
  link.sent({ seq: 1, bytes: 100_000 }, 0);
  link.acknowledged(1, 10);
  const delayed: boolean[] = [];
  for (let seq = 2; seq <= 8; seq++) {
    assert.ok(link.hasRoom(seq * 20));
    const delayAck = link.mayDelayAck(100);
    delayed.push(delayAck);
    link.sent({ seq, bytes: 100, delayAck }, seq * 20);
    if (!delayAck) link.acknowledged(seq, seq * 20 + 5);
  }
  assert.deepEqual(delayed, [true, true, true, true, true, false, true]);
  assert.equal(link.mayDelayAck(10_000), false);
});

test('a slow link answers to small pictures too, and what may have been delayed teaches nothing', () => {
  const link = new Link();
  link.sent({ seq: 0, bytes: 10 }, 0);
  link.acknowledged(0, 5);
  link.sent({ seq: 1, bytes: 10_000 }, 20);
  link.acknowledged(1, 200);
  assert.equal(link.mayDelayAck(1_000), false);
  const { rate, roundTrip } = link;
  link.sent({ seq: 2, bytes: 10, delayAck: true }, 1_000);
  link.acknowledged(2, 1_200);
  assert.deepEqual([link.rate, link.roundTrip], [rate, roundTrip]);
});

test('an acknowledgement covers all pictures before it, and an old one nothing', () => {
  const link = new Link();
  for (const seq of [5, 6]) link.sent({ seq, bytes: 10 }, seq * 20);
  link.acknowledged(4, 150);
  assert.equal(link.hasRoom(150), false);
  link.acknowledged(6, 160);
  assert.ok(link.hasRoom(160));
});

test('a link with a long round trip may hold more pictures, but never more than a dozen', () => {
  assert.deepEqual([0, 15, 16, 50, 160, 5_000].map(picturesAllowed), [2, 2, 3, 5, 12, 12]);
});

for (const [rate, delay] of [
  [12_500, 2],
  [2_500, 10],
  [625, 40],
  [60, 5],
] as const) {
  test(`a road of ${rate} bytes per ms and ${delay} ms is found out, kept busy, and not filled up`, () => {
    const road = new Road(rate, delay);
    const bytes = rate * 30;
    road.drive(bytes, 3_000);
    const { sent, longest } = road.drive(bytes, 3_000);
    assert.ok(Math.abs(road.link.rate / rate - 1) < 0.2, `rate ${road.link.rate}`);
    assert.ok((sent.length * bytes) / 3_000 > 0.6 * rate, `carried ${(sent.length * bytes) / 3_000}`);
    assert.ok(longest < 2 * delay + 100, `waited ${longest}`);
  });
}

test('a road that gets slower is believed within two seconds, and so is one that gets faster', () => {
  const road = new Road(12_500, 5);
  road.drive(100_000, 2_000);
  road.rate = 250;
  road.drive(5_000, 2_000);
  assert.ok(road.link.rate < 300, `rate ${road.link.rate}`);
  road.rate = 12_500;
  road.drive(100_000, 2_000);
  assert.ok(road.link.rate > 10_000, `rate ${road.link.rate}`);
});

test('a road that gets longer and narrower is kept busy two seconds later', () => {
  const road = new Road(12_500, 5);
  road.drive(3_000, 4_000);
  road.rate = 250;
  road.delay = 20;
  road.drive(3_000, 2_000);
  const { sent, longest } = road.drive(3_000, 3_000);
  assert.ok(sent.length * 3_000 > 0.6 * 250 * 3_000, `${sent.length} pictures`);
  assert.ok(longest < 140, `waited ${longest}`);
});

/** A link that carries 10,000 bytes per ms; small pictures take as long as `noise` says. */
function noisy(noise: (seq: number) => number, pictures: number): Link {
  const link = new Link();
  link.sent({ seq: 1, bytes: 100 }, 0);
  link.acknowledged(1, 5);
  link.sent({ seq: 2, bytes: 100_000 }, 10);
  link.acknowledged(2, 25);
  for (let seq = 3; seq < 3 + pictures; seq++) {
    link.sent({ seq, bytes: 800 }, seq * 40);
    link.acknowledged(seq, seq * 40 + 5 + noise(seq));
  }
  return link;
}

test('small pictures that are late now and then do not make a link slow', () => {
  const { rate } = noisy((seq) => (seq % 3 === 0 ? 30 : 1), 100);
  assert.ok(rate > 9_000, `rate ${rate}`);
});

test('small pictures that are always late make it a longer way', () => {
  const link = noisy(() => 20, 100);
  assert.deepEqual([link.roundTrip, link.rate > 9_000], [25, true]);
});

test('a link that was thought slow is believed soon when it is not', () => {
  const link = new Link();
  for (let seq = 1; seq < 12; seq++) {
    link.sent({ seq, bytes: 8_000 }, seq * 300);
    link.acknowledged(seq, seq * 300 + (seq === 1 ? 5 : 205));
  }
  assert.ok(link.rate < 50, `rate ${link.rate}`);
  for (let seq = 12; seq < 24; seq++) {
    link.sent({ seq, bytes: 800 }, 3_600 + seq * 30);
    link.acknowledged(seq, 3_600 + seq * 30 + 6);
  }
  assert.ok(link.rate > 500, `rate ${link.rate}`);
});

test('what a browser takes for decoding is not taken for the link', () => {
  const link = new Link();
  link.sent({ seq: 1, bytes: 10 }, 0);
  link.acknowledged(1, 4, 0);
  for (let seq = 2; seq < 30; seq++) {
    link.sent({ seq, bytes: 150_000 }, seq * 100);
    link.acknowledged(seq, seq * 100 + 44, 30);
  }
  assert.ok(Math.abs(link.rate - 15_000) < 500, `rate ${link.rate}`);
});

test('a cap holds within a tenth over any second, and is used', () => {
  const road = new Road(10_000, 1);
  road.link.limits = { maxRate: 100_000, maxFps: 60 };
  const { sent } = road.drive(5_000, 5_000);
  for (const { at } of sent) {
    const inSecond = sent.filter((each) => each.at >= at && each.at < at + 1_000);
    assert.ok(inSecond.reduce((sum, each) => sum + each.bytes, 0) <= 110_000);
  }
  assert.ok(sent.length * 5_000 >= 450_000);
});

test('no more pictures than wanted go out, and the link says when the next may', () => {
  const road = new Road(10_000, 1);
  road.link.limits = { maxRate: Number.POSITIVE_INFINITY, maxFps: 10 };
  const { sent } = road.drive(100, 3_000);
  assert.ok(sent.length >= 29 && sent.length <= 31, `${sent.length}`);
  const wait = road.link.waitFor((sent.at(-1)?.at ?? 0) + 40);
  assert.ok(wait > 50 && wait < 60);
});

test('a viewer that never acknowledges costs a bounded memory, is behind, and starts anew after a reset', () => {
  const link = new Link();
  for (let seq = 1; seq <= 10_000; seq++) link.sent({ seq, bytes: 10 }, seq * 20);
  assert.equal(link.hasRoom(300_000), false);
  assert.ok(link.isBehind(300_000));
  link.reset();
  assert.ok(link.hasRoom(300_000));
  assert.equal(link.isBehind(300_000), false);
});

test('whatever order acknowledgements come in, room is only made by what was sent', () => {
  const step = fc.oneof(fc.constant('send' as const), fc.nat({ max: 40 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const link = new Link();
      let [seq, covered] = [0, 0];
      for (const [index, step] of steps.entries()) {
        const now = index * 20;
        if (step === 'send') link.sent({ seq: ++seq, bytes: 10 }, now);
        else {
          link.acknowledged(step, now);
          covered = Math.max(covered, Math.min(step, seq));
        }
        if (seq - covered >= 12) assert.equal(link.hasRoom(now + 20), false);
        if (seq === covered) assert.ok(link.hasRoom(now + 20));
      }
    }),
    { seed: 16, numRuns: 300 },
  );
});
