import assert from 'node:assert/strict';
import { Duplex, duplexPair } from 'node:stream';
import { test } from 'node:test';
import fc from 'fast-check';
import { FramedPipe } from './framedPipe.ts';

type Said = { control: unknown } | { target: number; sync: boolean; bytes: Uint8Array };

/** A stream that only takes; what a pipe writes to it is `written`. */
function recorder(): { stream: Duplex; written: () => Buffer } {
  const chunks: Buffer[] = [];
  const stream = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, written: () => Buffer.concat(chunks) };
}

/** A pipe's ear: everything heard, with copies of the bytes, since they are valid during the call only. */
function listen(stream: Duplex): Said[] {
  const heard: Said[] = [];
  new FramedPipe<unknown, unknown>(stream, {
    control: (message) => heard.push({ control: message }),
    data: (target, sync, bytes) => heard.push({ target, sync, bytes: Uint8Array.from(bytes) }),
  });
  return heard;
}

const said: fc.Arbitrary<Said> = fc.oneof(
  fc.string({ maxLength: 20, unit: 'grapheme' }).map((text) => ({ control: { text } })),
  fc
    .tuple(fc.integer({ min: 0, max: 0xffff_ffff }), fc.boolean(), fc.uint8Array({ maxLength: 30 }))
    .map(([target, sync, bytes]) => ({ target, sync, bytes })),
);

function say(pipe: FramedPipe<unknown, unknown>, message: Said): void {
  if ('control' in message) pipe.control(message.control);
  else pipe.data(message.target, message.sync, message.bytes);
}

test('messages arrive whole and in order, however the bytes are cut: even one at a time', () => {
  const cuts = fc.infiniteStream(fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(fc.array(said, { maxLength: 12 }), fc.boolean(), cuts, (messages, single, sizes) => {
      const { stream, written } = recorder();
      const pipe = new FramedPipe<unknown, unknown>(stream, { control: () => undefined, data: () => undefined });
      for (const message of messages) say(pipe, message);
      const ear = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
      const heard = listen(ear);
      const bytes = written();
      for (let at = 0; at < bytes.length; ) {
        const size = single ? 1 : (sizes.next().value ?? 1);
        ear.emit('data', Buffer.from(bytes.subarray(at, at + size)));
        at += size;
      }
      assert.deepEqual(heard, messages);
    }),
    { seed: 17, numRuns: 200 },
  );
});

test('both directions work at once', async () => {
  const [left, right] = duplexPair();
  const one = Promise.withResolvers<unknown>();
  const other = Promise.withResolvers<Buffer>();
  const a = new FramedPipe<unknown, unknown>(left, { control: one.resolve, data: () => undefined });
  const b = new FramedPipe<unknown, unknown>(right, {
    control: () => undefined,
    data: (_target, _sync, bytes) => other.resolve(Buffer.from(bytes)),
  });
  a.data(7, true, Buffer.alloc(300_000, 5));
  b.control({ n: 1 });
  assert.deepEqual(await one.promise, { n: 1 });
  assert.ok((await other.promise).equals(Buffer.alloc(300_000, 5)));
});

test('what is said to a pipe that ended is dropped', () => {
  const { stream, written } = recorder();
  const pipe = new FramedPipe<unknown, unknown>(stream, { control: () => undefined, data: () => undefined });
  stream.destroy();
  pipe.control({ lost: true });
  pipe.data(1, false, Uint8Array.of(1));
  assert.equal(written().length, 0);
});

test('a length that no message has means that the ends are out of step, and nothing is waited for', () => {
  const ear = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  listen(ear);
  assert.throws(() => ear.emit('data', Buffer.from([0xff, 0xff, 0xff, 0xff, 0])), /out of step/);
});
