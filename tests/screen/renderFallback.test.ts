import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { buildPortal } from '../../scripts/lib/portal.ts';
import { readPixel } from '../support/canvas.ts';
import { eventually } from '../support/eventually.ts';
import { BLUE_RED_DELTA, RED_BLUE_KEY } from './renderClips.ts';
import { solid, video } from './renderRects.ts';
import { RenderStage } from './renderStage.ts';

const SIZE = { width: 320, height: 200 };
const WHOLE = { x: 0, y: 0, ...SIZE };
const SMALL = { x: 16, y: 16, width: 16, height: 16 };

before(() => buildPortal());

/** Runs `code` in the worker of the screen before it is told to start. */
function inWorker(code: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.addInitScript(holdWorkers);
    page.on('worker', async (worker) => {
      await worker.evaluate(code);
      await page.evaluate(() => dispatchEvent(new Event('workersready')));
    });
  };
}

/** Runs in the page: what is posted to workers waits for the event. */
function holdWorkers(): void {
  const ready = new Promise((resolve) => addEventListener('workersready', resolve, { once: true }));
  globalThis.Worker = class extends Worker {
    override postMessage(message: unknown): void {
      void ready.then(() => super.postMessage(message));
    }
  };
}

async function offered(stage: RenderStage): Promise<string[]> {
  const wish = await stage.heard('wish');
  return wish.wishes.codecs;
}

test('without a VideoDecoder nothing is offered, and video that comes nevertheless costs only itself', async () => {
  await using stage = await RenderStage.open(SIZE, inWorker('delete self.VideoDecoder'));
  await stage.show([solid(WHOLE, 1, 2, 3), video(SMALL, RED_BLUE_KEY)]);
  assert.deepEqual(await readPixel(stage.page, 20, 20), [1, 2, 3]);
  assert.deepEqual(await offered(stage), []);
  assert.deepEqual(stage.errors, []);
});

test('a decoder that claims much and shows nothing is not offered, and never holds the picture up', async () => {
  const silent = 'self.VideoDecoder = class extends self.VideoDecoder { decode() {} }';
  await using stage = await RenderStage.open(SIZE, inWorker(silent));
  await stage.show([solid(WHOLE, 1, 2, 3), video(SMALL, RED_BLUE_KEY)]);
  await stage.show([solid(SMALL, 4, 5, 6)]);
  assert.deepEqual(await readPixel(stage.page, 20, 20), [4, 5, 6]);
  assert.deepEqual(await offered(stage), []);
  assert.ok(stage.count('refresh') > 0);
  assert.deepEqual(stage.errors, []);
});

test('a decoder that fails again and again is done without, by itself', async () => {
  await using stage = await RenderStage.open(SIZE);
  await eventually('video is offered', async () => (await offered(stage)).length > 0);
  const noise = Uint8Array.from(RED_BLUE_KEY, (byte, at) => (at < 40 ? byte : byte ^ 0x5a));
  for (let n = 0; n < 2; n++) await stage.show([solid(WHOLE, 7, 7, 7), video(SMALL, noise)]);
  await eventually('video is not offered any more', async () => (await offered(stage)).length === 0);
  await stage.show([solid(WHOLE, 9, 7, 7)]);
  assert.deepEqual(await readPixel(stage.page, 20, 20), [9, 7, 7]);
  assert.deepEqual(stage.errors, []);
});

test('a slow decoder is given up and begins anew with the next key', async () => {
  const slow =
    'self.VideoDecoder = class extends self.VideoDecoder {' +
    'constructor(init) { super({ ...init, output: (frame) => setTimeout(() => init.output(frame), self.lag ?? 0) }); }' +
    'configure(config) { self.lag = config.codec === "avc1.42C00A" ? 900 : 0; super.configure(config); } }';
  await using stage = await RenderStage.open(SIZE, inWorker(slow));
  for (let n = 0; n < 12; n++) {
    stage.picture([video(SMALL, n === 0 ? RED_BLUE_KEY : BLUE_RED_DELTA, { key: n === 0 })]);
  }
  await stage.show([solid(WHOLE, 1, 2, 3)]);
  assert.deepEqual(await readPixel(stage.page, 20, 20), [1, 2, 3]);
  assert.ok(stage.count('refresh') > 0);
  await stage.show([video(SMALL, RED_BLUE_KEY, { codec: 'avc1.42C00B' })]);
  const [red] = await readPixel(stage.page, 18, 24);
  assert.ok(red > 240);
  assert.deepEqual(stage.errors, []);
});

test('a choice acts at once: wishes are sent, a scale opens the channel anew, and the canvas keeps its size', async () => {
  await using stage = await RenderStage.open(SIZE);
  const settings = stage.page.getByRole('button', { name: 'Picture settings' });
  await settings.click();
  await stage.page.getByRole('radio', { name: /^Least data/ }).check();
  await eventually('the wish is sent', async () => (await stage.heard('wish')).wishes.picture === 'light');
  await stage.page.getByLabel('Data, at most').selectOption('250');
  await eventually('the cap is sent', async () => (await stage.heard('wish')).wishes.maxKBps === 250);
  await stage.page.getByLabel('Pictures per second').fill('30');
  await eventually('the rate is sent', async () => (await stage.heard('wish')).wishes.maxFps === 30);
  await stage.page.getByLabel('Scale').selectOption('2');
  await eventually('the channel opens anew', () => stage.params?.shrink === 2);
  await eventually(
    'a wish follows',
    async () => (await stage.heard('wish', stage.count('wish') - 1)).wishes.maxFps === 30,
  );
  await stage.show([
    solid({ x: 0, y: 0, width: 160, height: 100 }, 0, 0, 90),
    solid({ x: 159, y: 99, width: 1, height: 1 }, 0, 90, 0),
  ]);
  assert.deepEqual(await readPixel(stage.page, 100, 100), [0, 0, 90]);
  const [, green] = await readPixel(stage.page, 319, 199);
  assert.equal(green, 90);
  const canvas = stage.page.locator('[data-testid=screen]');
  assert.deepEqual(await canvas.evaluate((c: HTMLCanvasElement) => [c.width, c.height]), [320, 200]);
  await stage.page.reload();
  await eventually('the choice is remembered', async () => (await stage.heard('wish')).wishes.picture === 'light');
});
