import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CodedRect, Coder, encodeVideoPiece, type ScreenUpdate } from '@porthole/protocol';
import fc from 'fast-check';
import { MAX_AGE_MS } from './overload.ts';
import { PictureQueue, type QueueDecoder, type QueuedPicture } from './pictureQueue.ts';
import type { Step } from './steps.ts';
import { VideoError } from './videoStreams.ts';

/** Solids are decoded at once, JPEGs when the test says so. */
class ScriptedDecoder implements QueueDecoder {
  readonly waiting: PromiseWithResolvers<Step>[] = [];
  readonly steps: Step[] = [];
  resets = 0;

  resize(): void {
    return;
  }

  decode(rect: CodedRect): Step | Promise<Step> {
    if (rect.coder === Coder.solid) return stepOf(rect);
    const result = Promise.withResolvers<Step>();
    this.waiting.push(result);
    this.steps.push(stepOf(rect));
    return result.promise;
  }

  endPicture(): boolean {
    return false;
  }

  reset(): boolean {
    this.resets += 1;
    return true;
  }

  async finish(index: number): Promise<void> {
    const step = this.steps[index];
    if (step) this.waiting[index]?.resolve(step);
    await Promise.resolve();
  }
}

function stepOf({ x, y, width, height, coder }: CodedRect): Step {
  return { kind: 'fill', x, y, width, height, coder, colour: 0 };
}

function rect(coder: Coder, x = 0): CodedRect {
  return { x, y: 0, width: 4, height: 4, coder, bytes: new Uint8Array(3) };
}

function update(seq: number, rects: CodedRect[], last = true): ScreenUpdate {
  return { seq, last, exact: true, delayAck: false, capturedAt: 0, captureMs: 0, encodeMs: 0, rects };
}

function setUp() {
  const decoder = new ScriptedDecoder();
  const shown: QueuedPicture[] = [];
  const lost: unknown[] = [];
  const queue = new PictureQueue(decoder, {
    decoded: (picture) => shown.push(picture),
    lost: (reason) => lost.push(reason),
  });
  queue.resize({ width: 100, height: 100 });
  return { decoder, shown, lost, queue, seqs: () => shown.map(({ seq }) => seq) };
}

test('a picture that decodes at once is given out before `add` returns', () => {
  const { queue, shown } = setUp();
  queue.add(update(1, [rect(Coder.solid)]), 10);
  assert.deepEqual([shown.length, shown[0]?.bytes, shown[0]?.shares[Coder.solid]?.area], [1, 10, 16]);
});

test('whatever order decoding ends in, pictures and their steps come out in the order in which they came', async () => {
  const pictures = fc.array(fc.array(fc.boolean(), { maxLength: 4 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(pictures, fc.infiniteStream(fc.nat()), async (kinds, choices) => {
      const { decoder, queue, shown, lost, seqs } = setUp();
      for (const [seq, rects] of kinds.entries()) {
        queue.add(
          update(
            seq,
            rects.map((slow, x) => rect(slow ? Coder.jpeg : Coder.solid, x)),
          ),
          1,
        );
      }
      const left = decoder.waiting.map((_, index) => index);
      while (left.length > 0) {
        const [index = 0] = left.splice((choices.next().value ?? 0) % left.length, 1);
        await decoder.finish(index);
      }
      await Promise.resolve();
      assert.deepEqual(seqs(), [...kinds.keys()]);
      for (const [seq, { steps }] of shown.entries()) {
        assert.deepEqual(
          steps.map(({ x }) => x),
          (kinds[seq] ?? []).map((_, x) => x),
        );
      }
      assert.deepEqual(lost, []);
    }),
    { seed: 5, numRuns: 200 },
  );
});

test('while it is held nothing comes out, and afterwards everything does', () => {
  const { queue, seqs } = setUp();
  queue.hold(true);
  for (const seq of [1, 2, 3]) queue.add(update(seq, [rect(Coder.solid)]), 1);
  assert.deepEqual(seqs(), []);
  queue.hold(false);
  assert.deepEqual(seqs(), [1, 2, 3]);
});

test('a decoder that is silent is given up in time: what is decoded is shown, the rest is reported once', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { decoder, queue, shown, lost } = setUp();
  const start = performance.now();
  t.mock.method(performance, 'now', () => start + shift);
  let shift = 0;
  queue.add(update(1, [rect(Coder.solid), rect(Coder.jpeg)]), 1);
  queue.add(update(2, [rect(Coder.solid)]), 1);
  shift = MAX_AGE_MS + 2;
  t.mock.timers.tick(MAX_AGE_MS + 2);
  assert.deepEqual(
    shown.map(({ seq, steps }) => [seq, steps.length]),
    [
      [1, 1],
      [2, 1],
    ],
  );
  assert.equal(decoder.resets, 1);
  assert.ok(lost.length === 1 && lost[0] instanceof VideoError);
});

test('parts that were skipped on the way take their picture along, not the next one', () => {
  const { queue, seqs, lost } = setUp();
  queue.add(update(1, [rect(Coder.solid)], false), 1);
  queue.add(update(2, [rect(Coder.solid)]), 1);
  assert.deepEqual([seqs(), lost], [[2], []]);
});

test('what was forgotten never comes out, even when it is decoded later', async () => {
  const { decoder, queue, seqs, lost } = setUp();
  queue.add(update(1, [rect(Coder.jpeg)]), 1);
  queue.clear();
  await decoder.finish(0);
  decoder.waiting[0]?.reject(new Error('late'));
  assert.deepEqual([seqs(), lost], [[], []]);
});

test('a video frame of many pieces counts its pixels once', () => {
  const { queue, lost } = setUp();
  queue.resize({ width: 1920, height: 1080 });
  const piece = (more: boolean): CodedRect => {
    const bytes = encodeVideoPiece({ stream: 1, key: true, more, codec: 'avc1.4D4028', bytes: new Uint8Array(9) });
    return { x: 0, y: 0, width: 1920, height: 1080, coder: Coder.video, bytes };
  };
  queue.add(update(1, [...Array.from({ length: 12 }, () => piece(true)), piece(false)]), 99);
  assert.deepEqual(lost, []);
});
