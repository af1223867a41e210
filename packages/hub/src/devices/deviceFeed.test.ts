import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { type ErrorCode, encodeData, WireError } from '@porthole/protocol';
import type { ChannelRequest } from '../base/agentLink/agentLink.ts';
import type { ChannelSink } from '../base/relay/agentChannel.ts';
import { DeviceFeed } from './deviceFeed.ts';
import type { DeviceDirectory, DirectoryEvent } from './directory.ts';

/** A connection that notes which channels it was asked for, and which were closed again. */
class Link {
  readonly asked: { params: ChannelRequest['params']; sink: ChannelSink; codes: ErrorCode[] }[] = [];

  open({ params }: ChannelRequest, sink: ChannelSink) {
    const codes: ErrorCode[] = [];
    this.asked.push({ params, sink, codes });
    return { close: (code: ErrorCode) => codes.push(code) };
  }

  get openParams(): object[] {
    return this.asked.filter(({ codes }) => codes.length === 0).map(({ params }) => params);
  }
}

let link: Link | undefined;
let isOn: boolean;
let wanted: Record<string, number> | null;
let received: Uint8Array[];
let listeners: Set<(event: DirectoryEvent) => void>;
let feed: DeviceFeed;

beforeEach(() => {
  [link, isOn, wanted, received] = [new Link(), true, null, []];
  listeners = new Set();
  const directory = {
    find: (id: string) => (id === 'd' ? { id, toggles: { stats: isOn }, link: () => link } : undefined),
    listen: (listener: (event: DirectoryEvent) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  feed = new DeviceFeed({
    directory: directory as unknown as DeviceDirectory,
    feature: 'stats',
    wanted: () => wanted,
    received: (_id, payload) => {
      if (payload[0] === 99) throw new WireError('nonsense');
      received.push(Uint8Array.from(payload));
    },
  });
});

function changed(): void {
  for (const listener of listeners) listener({ type: 'changed', id: 'd' });
}

test('a channel is open exactly while something is wanted, as it is wanted', () => {
  changed();
  assert.deepEqual(link?.asked, []);
  wanted = { intervalMs: 1_000 };
  for (let n = 0; n < 5; n++) changed();
  assert.equal(link?.asked.length, 1, 'asked for once');
  wanted = { intervalMs: 60_000 };
  changed();
  assert.deepEqual([link?.asked.length, link?.openParams], [2, [{ intervalMs: 60_000 }]]);
  wanted = null;
  changed();
  assert.deepEqual(link?.openParams, []);
});

test('nothing is asked of a device that is offline, has it switched off, or is gone', () => {
  wanted = { intervalMs: 1_000 };
  isOn = false;
  changed();
  assert.deepEqual(link?.asked, []);
  isOn = true;
  const online = link;
  link = undefined;
  changed();
  link = online;
  feed.refresh('somebody else');
  assert.deepEqual(link?.asked, []);
});

test('a feed that was switched off starts again with its toggle', () => {
  wanted = { intervalMs: 1_000 };
  changed();
  link?.asked[0]?.sink.closed('feature.off', '');
  isOn = false;
  changed();
  isOn = true;
  changed();
  assert.equal(link?.asked.length, 2);
});

test('a device that refuses is not asked again before it connects anew', () => {
  wanted = { intervalMs: 1_000 };
  changed();
  link?.asked[0]?.sink.closed('policy.denied', '');
  for (let n = 0; n < 5; n++) changed();
  assert.equal(link?.asked.length, 1);
  link = new Link();
  changed();
  assert.equal(link.asked.length, 1);
});

test('a device that sends nonsense loses the feed until it connects anew', () => {
  wanted = { intervalMs: 1_000 };
  changed();
  const [channel] = link?.asked ?? [];
  channel?.sink.data(encodeData(1, Uint8Array.of(1)), true);
  channel?.sink.data(encodeData(1, Uint8Array.of(99)), true);
  assert.deepEqual([received, channel?.codes], [[Uint8Array.of(1)], ['message.invalid']]);
  changed();
  assert.equal(link?.asked.length, 1);
});

test('a feed that is closed leaves nothing open and listens to nobody', () => {
  wanted = { intervalMs: 1_000 };
  changed();
  feed.close();
  assert.deepEqual([link?.openParams, listeners.size], [[], 0]);
});
