import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ErrorCode, encodeInput, PortholeError } from '@porthole/protocol';
import type { ChannelListener, HostChannel } from '../../base/channelHost.ts';
import type { InputSink } from './backend.ts';
import { InputFeature } from './input.ts';

/** A sink that notes what it is asked. */
class Sink implements InputSink {
  readonly calls: string[] = [];
  readonly end = Promise.withResolvers<string>();
  readonly closed = this.end.promise;

  move(x: number, y: number): void {
    this.calls.push(`move ${x},${y}`);
  }
  button(button: number, down: boolean): void {
    this.calls.push(`button ${button} ${down}`);
  }
  wheel(dx: number, dy: number): void {
    this.calls.push(`wheel ${dx},${dy}`);
  }
  key(down: boolean, keysym: number, code: string): void {
    this.calls.push(`key ${down} ${keysym} ${code}`);
  }
  text(text: string): void {
    this.calls.push(`text ${text}`);
  }
  releaseAll(): void {
    this.calls.push('release');
  }
  close(): void {
    this.calls.push('close');
    this.end.resolve('closed');
  }
}

/** A channel as the feature sees it, and what became of it. */
class Seat {
  accepted = 0;
  readonly codes: ErrorCode[] = [];
  listener: ChannelListener | undefined;

  take(feature: InputFeature): this {
    const channel = {
      accept: () => this.accepted++,
      close: (code: ErrorCode) => {
        if (this.codes.length > 0) return;
        this.codes.push(code);
        this.listener?.closed();
      },
    };
    this.listener = feature.open(channel as unknown as HostChannel);
    return this;
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what a viewer does before the display is open is done in order once it is', async () => {
  const sink = new Sink();
  const opening = Promise.withResolvers<InputSink>();
  const seat = new Seat().take(new InputFeature({ open: () => opening.promise, display: ':1' }));
  seat.listener?.message(encodeInput({ type: 'key', down: true, keysym: 97, code: 'KeyA' }));
  seat.listener?.message(encodeInput({ type: 'button', button: 2, down: true, x: 3, y: 4 }));
  assert.equal(seat.accepted, 0);
  opening.resolve(sink);
  await turn();
  seat.listener?.message(encodeInput({ type: 'wheel', dx: -120, dy: 5, x: 1, y: 2 }));
  seat.listener?.message(encodeInput({ type: 'text', text: '漢' }));
  seat.listener?.message(encodeInput({ type: 'release' }));
  assert.equal(seat.accepted, 1);
  assert.deepEqual(sink.calls, [
    'key true 97 KeyA',
    'move 3,4',
    'button 2 true',
    'move 1,2',
    'wheel -120,5',
    'text 漢',
    'release',
  ]);
});

test('a viewer that hammers a display that does not open costs a bounded memory', async () => {
  const sink = new Sink();
  const opening = Promise.withResolvers<InputSink>();
  const seat = new Seat().take(new InputFeature({ open: () => opening.promise, display: ':1' }));
  for (let n = 0; n < 5_000; n++) seat.listener?.message(encodeInput({ type: 'move', x: n, y: 0 }));
  opening.resolve(sink);
  await turn();
  assert.equal(sink.calls.length, 256);
});

test('who takes control ends the one before, whose keys are let go', async () => {
  const sinks: Sink[] = [];
  const feature = new InputFeature({
    open: async () => {
      const sink = new Sink();
      sinks.push(sink);
      return sink;
    },
    display: ':1',
  });
  const first = new Seat().take(feature);
  await turn();
  const second = new Seat().take(feature);
  await turn();
  assert.deepEqual([first.codes, second.codes], [['control.taken'], []]);
  assert.deepEqual(
    sinks.map(({ calls }) => calls),
    [['close'], []],
  );
  first.listener?.closed();
  new Seat().take(feature);
  assert.deepEqual(second.codes, ['control.taken'], 'the seat was still known, although the first left twice');
});

test('a viewer that left before the display opened leaves nothing open', async () => {
  const sink = new Sink();
  const opening = Promise.withResolvers<InputSink>();
  const seat = new Seat().take(new InputFeature({ open: () => opening.promise, display: ':1' }));
  seat.listener?.closed();
  opening.resolve(sink);
  await turn();
  assert.deepEqual([sink.calls, seat.accepted], [['close'], 0]);
});

test('a display that is missing or goes away ends the channel with the reason', async () => {
  const missing = new Seat().take(
    new InputFeature({ open: () => Promise.reject(new PortholeError('feature.unsupported')), display: '' }),
  );
  const sink = new Sink();
  const lost = new Seat().take(new InputFeature({ open: async () => sink, display: ':1' }));
  await turn();
  sink.end.resolve('gone');
  await turn();
  assert.deepEqual([missing.codes, lost.codes], [['feature.unsupported'], ['display.lost']]);
});

test('nonsense is thrown, for the channel to be closed', async () => {
  const seat = new Seat().take(new InputFeature({ open: async () => new Sink(), display: ':1' }));
  assert.throws(() => seat.listener?.message(Uint8Array.of(99)), { name: 'WireError' });
});
