import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Coder, encodeScreenReply, type ScreenWishes } from '@porthole/protocol';
import type { BufferViewer } from './bufferViewer.ts';
import { PaintedSource } from './paintedSource.ts';
import { Theatre } from './theatre.ts';
import { readTrace } from './trace.ts';

const FOLDER = new URL('./traces/', import.meta.url);
const TRACES = readdirSync(FOLDER).map((file) => file.replace('.trace', ''));
const CODECS = ['avc1.4D401F'];
const BASE: ScreenWishes = { codecs: [], picture: 'auto', maxFps: 60, maxKBps: 0 };
/** What viewers may want; a cap of 400 kB/s makes the link slow. */
const WISHES: Record<string, ScreenWishes> = {
  auto: { ...BASE, codecs: CODECS },
  sharp: { ...BASE, codecs: CODECS, picture: 'sharp' },
  smooth: { ...BASE, codecs: CODECS, picture: 'smooth' },
  'auto over a slow link': { ...BASE, codecs: CODECS, maxKBps: 400 },
  'auto without video': BASE,
};

/** Plays a recorded display to a viewer, and a second one that joins in the middle. A real encoder needs pauses to be opened in. */
async function play(
  name: string,
  wishes: ScreenWishes,
  pauseMs = 0,
): Promise<{ theatre: Theatre; viewer: BufferViewer }> {
  const { width, height, steps } = readTrace(readFileSync(new URL(`${name}.trace`, FOLDER)));
  const theatre = new Theatre(new PaintedSource(width, height));
  const wish = (channel: number) =>
    theatre.stream.receive(channel, encodeScreenReply({ type: 'wish', wishes }), theatre.now);
  const first = theatre.join();
  wish(first.channel);
  const begun = theatre.now;
  for (const [index, step] of steps.entries()) {
    theatre.source.put(step, step.bgr);
    if (index === Math.floor(steps.length / 2)) wish(theatre.join().channel);
    while (theatre.now - begun < step.at) {
      await theatre.turn();
      theatre.relay.deliver();
      if (pauseMs > 0) await sleep(pauseMs);
    }
  }
  await theatre.settle();
  return { theatre, viewer: first.viewer };
}

for (const name of TRACES) {
  for (const [kind, wishes] of Object.entries(WISHES)) {
    test(`the recorded display '${name}' ends pixel for pixel: ${kind}`, async () => {
      const { theatre, viewer } = await play(name, wishes);
      theatre.assertAllSeeTheSource();
      assert.ok(viewer.isExact);
      if (wishes.picture === 'sharp') {
        for (const coder of [Coder.jpeg, Coder.video]) assert.equal(viewer.drawn.get(coder), undefined);
      }
    });
  }
}

test('what scrolls or is dragged is copied, and a film becomes a video', async () => {
  const used = async (name: string, kind: string, pauseMs = 0) =>
    (await play(name, WISHES[kind] ?? BASE, pauseMs)).viewer.drawn;
  assert.ok((await used('scrolling', 'auto')).get(Coder.copy));
  assert.ok((await used('dragging', 'auto')).get(Coder.copy));
  assert.ok((await used('film', 'smooth', 25)).get(Coder.video));
  assert.equal((await used('film', 'auto without video')).get(Coder.video), undefined);
});
