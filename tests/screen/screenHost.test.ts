import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeThumbnail, encodeScreenReply, GROUP_BIT, PortholeError } from '@porthole/protocol';
import type { OpenScreen } from '../../packages/agent/src/features/screen/backend.ts';
import type { FragileCoders } from '../../packages/agent/src/features/screen/host/coders/sharedCoders.ts';
import type { OpenVideoEncoder } from '../../packages/agent/src/features/screen/host/coders/video/videoEncoder.ts';
import { type FromScreenHost, STILL_BIT } from '../../packages/agent/src/features/screen/host/hostMessages.ts';
import { ScreenHost } from '../../packages/agent/src/features/screen/host/screenHost.ts';
import { eventually } from '../support/eventually.ts';
import type { BufferViewer } from './bufferViewer.ts';
import { PaintedSource } from './paintedSource.ts';
import { Random } from './random.ts';
import { RelayModel } from './relayModel.ts';

const GROUP = GROUP_BIT + 1;

/** A screen host on a display in memory, with its viewers behind a relay that delivers at once. */
class Stage {
  source: PaintedSource;
  /** Whether there is a display to open. */
  isThere = true;
  opened = 0;
  readonly reports: Extract<FromScreenHost, { type: 'display' }>['state'][] = [];
  readonly stills = new Map<number, Uint8Array>();
  readonly host: ScreenHost;
  readonly relay: RelayModel;
  #next = 1;

  constructor(source = new PaintedSource(64, 48), coders: Partial<FragileCoders> = {}) {
    this.source = source;
    this.relay = new RelayModel({
      lagged: (channel) => this.host.control({ type: 'lagged', channel }),
      reply: (channel, bytes) => this.host.data(channel, bytes),
    });
    this.host = new ScreenHost({
      open: this.#open,
      display: 'painted',
      send: (target, sync, bytes) => this.#sent(target, sync, bytes),
      report: (message) => {
        if (message.type === 'group') this.relay.regroup(message.channel, message.group);
        else if (message.type === 'display') this.reports.push(message.state);
      },
      coders,
    });
  }

  join(monitor = ''): { channel: number; viewer: BufferViewer } {
    const channel = this.#next++;
    const viewer = this.relay.add(channel);
    this.host.control({ type: 'join', channel, viewer: `viewer ${channel}`, group: GROUP, monitor, shrink: 1 });
    return { channel, viewer };
  }

  leave(channel: number): void {
    this.relay.remove(channel);
    this.host.control({ type: 'leave', channel });
  }

  async sees(viewer: BufferViewer): Promise<void> {
    await eventually('the viewer sees the display', () => viewer.rgba.equals(this.source.rgba()));
  }

  /** The display goes away, as when an X server ends. */
  lose(): void {
    this.isThere = false;
    this.source.events?.lost('gone');
  }

  end(): void {
    for (const channel of [...this.relay.lanes.keys()]) this.leave(channel);
  }

  readonly #open: OpenScreen = async (_display, events) => {
    if (!this.isThere) throw new PortholeError('display.missing');
    this.opened++;
    this.source.events = events;
    this.source.isClosed = false;
    return this.source;
  };

  #sent(target: number, sync: boolean, bytes: Uint8Array): void {
    if (target >= STILL_BIT && target < GROUP_BIT) this.stills.set(target - STILL_BIT, bytes.slice());
    else this.relay.send(target, sync, bytes);
    setImmediate(() => this.relay.deliver());
  }
}

test('a display is opened for the first viewer, kept for the others, and closed after the last', async () => {
  const stage = new Stage();
  assert.equal(stage.opened, 0);
  const first = stage.join();
  const second = stage.join();
  await stage.sees(first.viewer);
  await stage.sees(second.viewer);
  assert.equal(stage.opened, 1);
  stage.leave(first.channel);
  assert.equal(stage.source.isClosed, false);
  stage.leave(second.channel);
  assert.equal(stage.source.isClosed, true);
});

test('a still display is not read again and again, and a change is seen without asking', async () => {
  const stage = new Stage();
  const { viewer } = stage.join();
  await stage.sees(viewer);
  const { grabs } = stage.source;
  await sleep(300);
  assert.equal(stage.source.grabs, grabs);
  stage.source.paint({ x: 5, y: 5, width: 9, height: 9 }, 0x12_34_56);
  await stage.sees(viewer);
  stage.end();
});

test('a display that shrinks while it is being read goes on in its new size', async () => {
  const stage = new Stage();
  const { viewer } = stage.join();
  await stage.sees(viewer);
  for (const [width, height] of [
    [30, 20],
    [64, 48],
    [1, 1],
    [50, 7],
  ] as const) {
    stage.source.duringGrab = () => {
      stage.source.duringGrab = () => undefined;
      stage.source.resize(width, height);
    };
    // Two places far apart, so that the second is read after the display has shrunk.
    stage.source.paint({ x: 0, y: 0, width: 2, height: 1 }, 0xffffff);
    stage.source.paint({ x: stage.source.width - 2, y: stage.source.height - 1, width: 2, height: 1 }, 0xffffff);
    await eventually('the new size arrives', () => viewer.state?.width === width && viewer.state.height === height);
    await stage.sees(viewer);
    stage.source.paint({ x: 0, y: 0, width: 1, height: 1 }, 0xabcdef);
    await stage.sees(viewer);
  }
  stage.end();
});

test('a viewer of a missing display is told so, and gets the picture when there is one', async () => {
  const stage = new Stage();
  stage.isThere = false;
  const { viewer } = stage.join();
  await eventually('the viewer is told', () => viewer.state?.display === 'missing');
  stage.isThere = true;
  await stage.sees(viewer);
  stage.lose();
  await eventually('the viewer is told again', () => viewer.state?.display === 'missing');
  const late = stage.join();
  await eventually('one who comes now is told as well', () => late.viewer.state?.display === 'missing');
  stage.source = new PaintedSource(20, 10);
  stage.isThere = true;
  await stage.sees(viewer);
  await stage.sees(late.viewer);
  assert.deepEqual(
    stage.reports.filter((state, at) => state !== stage.reports[at - 1]),
    ['missing', 'ok', 'lost', 'missing', 'ok'],
  );
  stage.end();
});

test('nonsense of a viewer and messages of strangers change nothing', async () => {
  const stage = new Stage();
  const { channel, viewer } = stage.join();
  await stage.sees(viewer);
  for (const bytes of [[], [9], [1, 2], [2, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0]])
    stage.host.data(channel, Uint8Array.from(bytes));
  stage.host.data(999, encodeScreenReply({ type: 'refresh' }));
  stage.host.control({ type: 'leave', channel: 999 });
  stage.host.control({ type: 'lagged', channel: 999 });
  stage.source.paint({ x: 1, y: 1, width: 4, height: 4 }, 0x10_20_30);
  await stage.sees(viewer);
  stage.end();
});

test('a small picture is taken without a viewer, and empty when there is no display', async () => {
  const stage = new Stage();
  stage.host.control({ type: 'still', request: 5, maxWidth: 64 });
  const still = await eventually('the picture', () => stage.stills.get(5));
  const { width, height } = decodeThumbnail(still);
  assert.deepEqual([width, height], [64, 48]);
  stage.lose();
  stage.host.control({ type: 'still', request: 6, maxWidth: 64 });
  const nothing = await eventually('the answer', () => stage.stills.get(6));
  assert.equal(nothing.byteLength, 0);
  stage.isThere = true;
  await eventually('the display is found again', () => stage.opened === 2);
});

test('a change in the middle of a picture, and nothing after it, is not forgotten', async () => {
  const stage = new Stage();
  const { viewer } = stage.join();
  await stage.sees(viewer);
  let isFirst = true;
  stage.source.duringGrab = () => {
    if (!isFirst) return;
    isFirst = false;
    stage.source.paint({ x: 40, y: 30, width: 9, height: 9 }, 0xff00ff);
  };
  stage.source.paint({ x: 5, y: 5, width: 9, height: 9 }, 0x00ff00);
  await eventually('the first change was grabbed', () => !isFirst);
  await stage.sees(viewer);
  stage.end();
});

test('a host that is told so codes video by software alone', async () => {
  const random = new Random(3);
  for (const isTold of [false, true]) {
    const hardware: (boolean | undefined)[] = [];
    const openEncoder: OpenVideoEncoder = (options) => {
      hardware.push(options.hardware);
      return Promise.reject(new Error('none here'));
    };
    const stage = new Stage(new PaintedSource(400, 300), { openEncoder });
    if (isTold) stage.host.control({ type: 'softwareOnly' });
    const { channel } = stage.join();
    const wishes = { codecs: ['avc1.4D401F'], picture: 'smooth' as const, maxFps: 60, maxKBps: 0 };
    stage.host.data(channel, encodeScreenReply({ type: 'wish', wishes }));
    await eventually('a film is to be a video', async () => {
      stage.source.paint({ x: 0, y: 0, width: 400, height: 300 }, 0, () => random.next());
      return hardware.length > 0;
    });
    assert.deepEqual(hardware, [!isTold]);
    stage.end();
  }
});
