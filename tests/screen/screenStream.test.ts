import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coder, encodeScreenReply, LIMITS, type Rect } from '@porthole/protocol';
import { PaintedSource } from './paintedSource.ts';
import { Random } from './random.ts';
import { Theatre } from './theatre.ts';

function randomPaint(source: PaintedSource, random: Random): void {
  const x = random.integer(0, source.width - 1);
  const y = random.integer(0, source.height - 1);
  const area = { x, y, width: random.integer(1, source.width), height: random.integer(1, source.height) };
  // Few colours, so that things often become again what they were.
  source.paint(area, random.pick([0, 0xffffff, 0xff0000]), random.chance(0.1) ? () => random.next() : undefined);
}

/** One random thing that happens while a screen is watched. */
async function randomStep(theatre: Theatre, random: Random): Promise<void> {
  const channels = [...theatre.relay.lanes.keys()];
  const dice = random.next();
  if (dice < 0.35) randomPaint(theatre.source, random);
  else if (dice < 0.65) await theatre.turn();
  else if (dice < 0.85) theatre.relay.deliver(random.integer(1, 4));
  else if (dice < 0.89 && channels.length < 6) theatre.join();
  else if (dice < 0.91 && channels.length > 1) theatre.leave(random.pick(channels));
  else if (dice < 0.97 && channels.length > 0) {
    const lane = theatre.relay.lane(random.pick(channels));
    lane.isStalled = !lane.isStalled;
  } else if (dice < 0.98) theatre.stream.control(random.pick([undefined, 'viewer 1', 'viewer 2', 'viewer 3']));
  else if (dice > 0.99) {
    theatre.source.resize(random.integer(1, 64), random.integer(1, 48));
    theatre.reshape();
  }
}

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test(`whatever happens, every viewer ends with the picture of the display, pixel for pixel (seed ${seed})`, async () => {
    const random = new Random(seed);
    const theatre = new Theatre(new PaintedSource(64, 48), random.pick([6_000, 20_000, LIMITS.lossyWindow]));
    // The display goes on changing while it is read.
    theatre.source.duringGrab = () => {
      if (random.chance(0.3)) randomPaint(theatre.source, random);
    };
    theatre.join();
    for (let step = 0; step < 600; step++) await randomStep(theatre, random);
    theatre.source.duringGrab = () => undefined;
    for (const lane of theatre.relay.lanes.values()) lane.isStalled = false;
    await theatre.settle();
    theatre.assertAllSeeTheSource();
  });
}

/** One random thing on a display that is large enough for every coder. */
function desktopStep(source: PaintedSource, random: Random): void {
  const [width, height] = [random.integer(130, source.width), random.integer(70, source.height)];
  const [x, y] = [random.integer(0, source.width - width), random.integer(0, source.height - height)];
  const dice = random.next();
  if (dice < 0.35) {
    const dy = random.integer(1, 40);
    source.move({ x, y: y + dy }, { x, y, width, height: height - dy });
    source.paint({ x, y: y + height - dy, width, height: dy }, random.integer(0, 0xffffff));
  } else if (dice < 0.6) source.paint({ x, y, width, height }, 0, () => random.next());
  else if (dice < 0.8) drawText(source, { x, y, width, height }, random);
  else randomPaint(source, random);
}

/** Short strokes in rows: something that can be recognised when it moves. */
function drawText(source: PaintedSource, { x, y, width, height }: Rect, random: Random): void {
  source.paint({ x, y, width, height }, 0xffffff);
  for (let strokes = 0; strokes < 200; strokes++) {
    const [left, top] = [x + random.integer(0, width - 1), y + random.integer(0, height - 1)];
    const stroke = { x: left, y: top, width: random.integer(1, 9), height: 1 };
    if (left + stroke.width <= x + width) source.paint(stroke, random.pick([0, 0x202080, 0xaa0000]));
  }
}

for (const seed of [21, 22, 23, 24]) {
  test(`scrolls, photographs and drawings end pixel for pixel, and every coder is used (seed ${seed})`, async () => {
    const random = new Random(seed);
    const theatre = new Theatre(new PaintedSource(400, 300), random.pick([600_000, LIMITS.lossyWindow]));
    drawText(theatre.source, { x: 0, y: 0, width: 400, height: 300 }, random);
    const { viewer } = theatre.join();
    theatre.join();
    await theatre.settle();
    for (let step = 0; step < 150; step++) {
      desktopStep(theatre.source, random);
      if (random.chance(0.7)) await theatre.turn();
      if (random.chance(0.8)) theatre.relay.deliver(random.integer(1, 6));
      const lane = theatre.relay.lane(random.integer(1, 2));
      if (random.chance(0.05)) lane.isStalled = !lane.isStalled;
    }
    for (const lane of theatre.relay.lanes.values()) lane.isStalled = false;
    await theatre.settle();
    theatre.assertAllSeeTheSource();
    const { solid, palette, copy, jpeg, rgb } = Coder;
    for (const coder of [solid, palette, copy, jpeg, rgb]) assert.ok(viewer.drawn.get(coder), `coder ${coder}`);
    assert.ok(viewer.isExact);
  });
}

test('a photograph is there at once, roughly, and exact when it has been quiet', async () => {
  const theatre = new Theatre(new PaintedSource(400, 300));
  const { viewer } = theatre.join();
  await theatre.settle();
  const random = new Random(5);
  theatre.source.paint({ x: 50, y: 40, width: 200, height: 150 }, 0, () => random.next());
  await theatre.turn();
  theatre.relay.deliver();
  assert.equal(viewer.isExact, false);
  assert.ok((viewer.drawn.get(Coder.jpeg) ?? 0) > 0);
  const shownAt = theatre.now;
  await theatre.settle();
  theatre.assertAllSeeTheSource();
  assert.ok(viewer.isExact);
  assert.ok(theatre.now - shownAt <= 500, `exact after ${theatre.now - shownAt} ms`);
});

test('text where a film was is sent as text again', async () => {
  const theatre = new Theatre(new PaintedSource(640, 480));
  const { viewer } = theatre.join();
  const random = new Random(9);
  const area = { x: 20, y: 20, width: 500, height: 400 };
  const play = async (paint: () => void) => {
    for (let step = 0; step < 60; step++) {
      paint();
      await theatre.turn();
      theatre.relay.deliver();
    }
  };
  await play(() => theatre.source.paint(area, 0, () => random.next()));
  await theatre.settle();
  const before = viewer.drawn.get(Coder.jpeg);
  assert.ok(before);
  await play(() => drawText(theatre.source, area, random));
  assert.equal(viewer.drawn.get(Coder.jpeg), before);
});

for (const maxKBps of [60, 250, 1_000]) {
  test(`a cap of ${maxKBps} kB/s holds within a tenth over any second, and most of it is used`, async () => {
    const theatre = new Theatre(new PaintedSource(640, 480));
    const { channel } = theatre.join();
    const wishes = { codecs: [], picture: 'auto' as const, maxFps: 60, maxKBps };
    theatre.stream.receive(channel, encodeScreenReply({ type: 'wish', wishes }), theatre.now);
    const random = new Random(8);
    const end = theatre.now + 4_000;
    while (theatre.now < end) {
      const [x, y] = [random.integer(0, 300), random.integer(0, 200)];
      theatre.source.paint({ x, y, width: 320, height: 240 }, 0, () => random.next());
      await theatre.turn();
      theatre.relay.deliver();
    }
    const most = Math.max(...theatre.sent.map(({ at }) => bytesWithin(theatre.sent, at, at + 1_000)));
    assert.ok(most <= maxKBps * 1_100, `${most} bytes in a second`);
    assert.ok(bytesWithin(theatre.sent, end - 2_000, end) >= maxKBps * 2_000 * 0.7, 'the cap is used');
  });
}

function bytesWithin(sent: Theatre['sent'], from: number, to: number): number {
  return sent.reduce((sum, { at, bytes }) => sum + (at >= from && at < to ? bytes : 0), 0);
}

test('a viewer that wants nothing lost never gets anything lossy', async () => {
  const theatre = new Theatre(new PaintedSource(400, 300));
  const { channel, viewer } = theatre.join();
  theatre.join();
  const wishes = { codecs: [], picture: 'sharp' as const, maxFps: 60, maxKBps: 0 };
  theatre.stream.receive(channel, encodeScreenReply({ type: 'wish', wishes }), theatre.now);
  const random = new Random(6);
  for (let step = 0; step < 30; step++) {
    theatre.source.paint({ x: step, y: 40, width: 200, height: 150 }, 0, () => random.next());
    await theatre.turn();
    theatre.relay.deliver();
  }
  await theatre.settle();
  theatre.assertAllSeeTheSource();
  assert.equal(viewer.drawn.get(Coder.jpeg), undefined);
});

test('a viewer that joins between two looks of a blinking cursor does not keep the wrong one', async () => {
  const theatre = new Theatre(new PaintedSource(64, 48));
  const cursor = { x: 10, y: 10, width: 2, height: 8 };
  theatre.join();
  await theatre.settle();
  theatre.join();
  // Shown when the newcomer's picture is taken, gone again before anybody else is sent it.
  theatre.source.paint(cursor, 0xffffff);
  await theatre.stream.pump(theatre.source);
  theatre.source.paint(cursor, 0);
  await theatre.settle();
  theatre.assertAllSeeTheSource();
});

test('a viewer that stalls is skipped within its window and holds up nobody', async () => {
  const window = 8_000;
  const theatre = new Theatre(new PaintedSource(64, 48), window);
  const random = new Random(99);
  const { viewer: lively } = theatre.join();
  const stalled = theatre.join();
  await theatre.settle();
  theatre.relay.lane(stalled.channel).isStalled = true;
  const before = lively.pictures;
  for (let turn = 0; turn < 100; turn++) {
    theatre.source.paint({ x: 0, y: 0, width: 32, height: 24 }, 0, () => random.next());
    await theatre.turn();
    theatre.relay.deliver();
  }
  assert.equal(lively.pictures - before, 100);
  assert.ok(theatre.relay.lane(stalled.channel).peak <= window);
  theatre.relay.lane(stalled.channel).isStalled = false;
  await theatre.settle();
  theatre.assertAllSeeTheSource();
});

test('when nobody keeps up, changes merge and only their latest state is sent', async () => {
  const theatre = new Theatre(new PaintedSource(64, 48));
  const { channel, viewer } = theatre.join();
  await theatre.settle();
  theatre.relay.lane(channel).isStalled = true;
  for (let color = 1; color <= 500; color++) {
    theatre.source.paint({ x: 0, y: 0, width: 20, height: 20 }, color);
    await theatre.turn();
  }
  assert.ok(theatre.relay.lane(channel).queue.length <= 8);
  const before = viewer.pictures;
  theatre.relay.lane(channel).isStalled = false;
  await theatre.settle();
  assert.ok(viewer.pictures - before <= 9);
  theatre.assertAllSeeTheSource();
});

test('a display that does not change is not read, and neither is a repaint of the same sent', async () => {
  const theatre = new Theatre(new PaintedSource(64, 48));
  const { viewer } = theatre.join();
  await theatre.settle();
  const { grabs } = theatre.source;
  const { pictures } = viewer;
  for (let turn = 0; turn < 20; turn++) await theatre.turn();
  assert.equal(theatre.source.grabs, grabs);
  theatre.source.paint({ x: 0, y: 0, width: 10, height: 10 }, 0);
  await theatre.settle();
  assert.equal(viewer.pictures, pictures);
});

test('a stream without viewers reads nothing', async () => {
  const theatre = new Theatre(new PaintedSource(64, 48));
  const { channel } = theatre.join();
  await theatre.settle();
  theatre.leave(channel);
  const { grabs } = theatre.source;
  for (let turn = 0; turn < 20; turn++) {
    theatre.source.paint({ x: 0, y: 0, width: 60, height: 40 }, turn + 1);
    await theatre.turn();
  }
  assert.equal(theatre.source.grabs, grabs);
  assert.equal(theatre.stream.dueIn(theatre.now), Number.POSITIVE_INFINITY);
});

test('ten viewers cost as many readings and codings as one', async () => {
  const count = async (viewers: number) => {
    const theatre = new Theatre(new PaintedSource(64, 48));
    for (let n = 0; n < viewers; n++) theatre.join();
    await theatre.settle();
    const { grabs } = theatre.source;
    for (let color = 1; color <= 20; color++) {
      theatre.source.paint({ x: color, y: color, width: 10, height: 10 }, color);
      await theatre.settle();
    }
    theatre.assertAllSeeTheSource();
    return theatre.source.grabs - grabs;
  };
  assert.equal(await count(10), await count(1));
});

test('a slow viewer is never sent more than three pictures ahead, and skips what came between', async () => {
  const theatre = new Theatre(new PaintedSource(64, 48));
  const random = new Random(7);
  theatre.join();
  const { channel, viewer } = theatre.join();
  await theatre.settle();
  const lane = theatre.relay.lane(channel);
  const before = viewer.pictures;
  for (let step = 0; step < 40; step++) {
    lane.isStalled = step % 10 !== 9;
    theatre.source.paint({ x: 0, y: 0, width: 48, height: 40 }, 0, () => random.next());
    await theatre.turn();
    assert.ok(lane.queue.length <= 3, `${lane.queue.length} pictures wait for the slow viewer`);
    theatre.relay.deliver();
  }
  lane.isStalled = false;
  await theatre.settle();
  assert.ok(viewer.pictures - before < 20, `${viewer.pictures - before} pictures instead of 40`);
  theatre.assertAllSeeTheSource();
});

test('a viewer that joins while all is repainted nearly the same gets all of it', async () => {
  const theatre = new Theatre(new PaintedSource(64, 48));
  theatre.source.paint({ x: 0, y: 0, width: 64, height: 48 }, 0x336699);
  theatre.join();
  await theatre.settle();
  theatre.join();
  theatre.source.paint({ x: 0, y: 0, width: 64, height: 48 }, 0x336699);
  theatre.source.paint({ x: 0, y: 20, width: 64, height: 1 }, 0xffffff);
  await theatre.settle();
  theatre.assertAllSeeTheSource();
});

test('a viewer that asks for everything again and again is answered now and then', async () => {
  const theatre = new Theatre(new PaintedSource(64, 48));
  const { channel, viewer } = theatre.join();
  await theatre.settle();
  const before = viewer.pictures;
  const asked = theatre.now;
  for (let times = 0; times < 50; times++) {
    theatre.stream.receive(channel, encodeScreenReply({ type: 'refresh' }), asked + times);
    await theatre.settle();
  }
  assert.equal(viewer.pictures, before + 1);
  theatre.stream.receive(channel, encodeScreenReply({ type: 'refresh' }), asked + 1_000);
  await theatre.settle();
  assert.equal(viewer.pictures, before + 2);
});
