import assert from 'node:assert/strict';
import { GROUP_BIT, LIMITS } from '@porthole/protocol';
import { type FragileCoders, SharedCoders } from '../../packages/agent/src/features/screen/host/coders/sharedCoders.ts';
import { viewOf } from '../../packages/agent/src/features/screen/host/monitors.ts';
import { openMaker } from '../../packages/agent/src/features/screen/host/picture/openMaker.ts';
import { ScreenStream } from '../../packages/agent/src/features/screen/host/stream/screenStream.ts';
import type { BufferViewer } from './bufferViewer.ts';
import type { PaintedSource } from './paintedSource.ts';
import { RelayModel } from './relayModel.ts';

const GROUP = GROUP_BIT + 1;

/** One monitor's stream from a painted display through the relay to its viewers, driven step by step. */
export class Theatre {
  readonly source: PaintedSource;
  readonly relay: RelayModel;
  readonly stream: ScreenStream;
  /** The device's clock, ms. */
  now = 1_000;
  /** Everything that the device sent, and when. */
  readonly sent: { at: number; bytes: number }[] = [];
  /** Why coders were not to be had. */
  readonly troubles: string[] = [];
  #nextChannel = 1;
  #opening: Promise<unknown> = Promise.resolve();

  /** `coders` take the place of the real ones. */
  constructor(source: PaintedSource, window: number = LIMITS.lossyWindow, coders: Partial<FragileCoders> = {}) {
    this.source = source;
    const shared = new SharedCoders((message) => {
      if (message.type === 'trouble') this.troubles.push(message.reason);
    }, coders);
    this.stream = new ScreenStream(GROUP, {
      send: (target, sync, bytes) => {
        this.sent.push({ at: this.now, bytes: bytes.byteLength });
        this.relay.send(target, sync, bytes);
      },
      regroup: (channel, group) => this.relay.regroup(channel, group),
      openMaker: (view) => {
        const maker = openMaker(view, shared);
        this.#opening = maker;
        return maker;
      },
      wake: () => undefined,
      now: () => this.now,
    });
    this.relay = new RelayModel(
      {
        lagged: (channel) => this.stream.refresh(channel),
        reply: (channel, bytes) => this.stream.receive(channel, bytes, this.now),
      },
      window,
    );
    this.reshape();
  }

  join(): { channel: number; viewer: BufferViewer } {
    const channel = this.#nextChannel++;
    const viewer = this.relay.add(channel);
    this.stream.join(channel, `viewer ${channel}`);
    return { channel, viewer };
  }

  leave(channel: number): void {
    this.relay.remove(channel);
    this.stream.leave(channel);
  }

  reshape(): void {
    const { area, state } = viewOf(this.source, '');
    this.stream.reshape(area, state);
  }

  /** One turn of the device: what changed is noticed, and what is due is sent. */
  async turn(): Promise<void> {
    await this.#opening;
    this.now += 20;
    for (const rect of this.source.collect()) this.stream.damage(rect, this.now);
    await this.stream.pump(this.source);
  }

  /** Until nothing is under way any more. */
  async settle(): Promise<void> {
    for (let turns = 0; turns < 500; turns++) {
      await this.turn();
      const moved = this.relay.deliver();
      if (!moved && this.stream.dueIn(this.now) === Number.POSITIVE_INFINITY) return;
    }
    throw new Error('it never came to rest');
  }

  assertAllSeeTheSource(): void {
    const expected = this.source.rgba();
    for (const [channel, { viewer }] of this.relay.lanes) {
      assert.equal(firstDifference(viewer.rgba, expected, this.source.width), undefined, `viewer ${channel}`);
    }
  }
}

/** Where two pictures differ first. */
function firstDifference(got: Buffer, expected: Buffer, width: number): string | undefined {
  if (got.byteLength !== expected.byteLength) return `${got.byteLength} bytes instead of ${expected.byteLength}`;
  if (got.equals(expected)) return undefined;
  const at = got.findIndex((value, index) => value !== expected[index]) >> 2;
  return `pixel ${at % width},${Math.floor(at / width)}`;
}
