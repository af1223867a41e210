import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { type FilmOptions, makeFilm } from '../../packages/agent/src/testing/makeFilm.ts';
import { makePicture } from '../../packages/agent/src/testing/makePicture.ts';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { sharedHouse } from './house.ts';

const home = sharedHouse('desk');

const PATIENCE_MS = 30_000;

/** A device with one film in a folder, and a page that looks at it. */
async function openFilm(folder: string, name: string, options: FilmOptions) {
  await makeFilm(join(folder, name), options);
  return await openFile(folder, name);
}

async function openFile(folder: string, name: string) {
  const house = await home();
  const page = await house.watch('desk');
  await page.getByRole('tab', { name: 'Files' }).click();
  await page.getByRole('table', { name: 'Files' }).waitFor();
  const received = countBytes(page);
  await page.goto(`${page.url()}${folder}`);
  await page.getByRole('row', { name: new RegExp(`^${name.replace('.', '\\.')}`) }).dblclick();
  return { house, page, received };
}

/** Bytes of content that the page got so far, by the last part of the route. */
function countBytes(page: Page): (route: string) => Promise<number> {
  const routes = new Map<string, string>();
  const bytes = new Map<string, number>();
  const ready = page
    .context()
    .newCDPSession(page)
    .then(async (network) => {
      network.on('Network.requestWillBeSent', ({ requestId, request }) =>
        routes.set(requestId, new URL(request.url).pathname.split('/').at(-1) ?? ''),
      );
      network.on('Network.dataReceived', ({ requestId, dataLength }) => {
        const route = routes.get(requestId) ?? '';
        bytes.set(route, (bytes.get(route) ?? 0) + dataLength);
      });
      await network.send('Network.enable');
    });
  return async (route) => {
    await ready;
    return bytes.get(route) ?? 0;
  };
}

interface PlayerState {
  time: number;
  duration: number;
  width: number;
  source: string | null;
  ahead: number;
}

async function stateOf(page: Page): Promise<PlayerState> {
  return await page.locator('video, audio').evaluate((element) => {
    const player = element as HTMLVideoElement;
    const { currentTime: time, buffered } = player;
    let ahead = 0;
    for (let at = 0; at < buffered.length; at++) {
      if (buffered.start(at) <= time + 0.1 && buffered.end(at) > time) ahead = buffered.end(at) - time;
    }
    const source = player.getAttribute('data-source');
    return { time, duration: player.duration, width: player.videoWidth ?? 0, source, ahead };
  });
}

async function plays(page: Page, from: number): Promise<PlayerState> {
  let state: PlayerState | undefined;
  await eventually(
    `it plays from ${from}`,
    async () => {
      state = await stateOf(page);
      return state.time > from + 0.5 && state.time < from + 20;
    },
    PATIENCE_MS,
  );
  if (!state) throw new Error('it never was');
  return state;
}

async function seek(page: Page, to: number): Promise<void> {
  await page.locator('video, audio').evaluate((element, time) => {
    (element as HTMLMediaElement).currentTime = time;
  }, to);
}

/** The converters of a program's children, by id. */
function convertersOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((id) => /^\d+$/.test(id))
    .map(Number)
    .filter((id) => {
      try {
        const above = /\(.*\) \w (\d+)/s.exec(readFileSync(`/proc/${id}/stat`, 'utf8'))?.[1];
        return above === String(parent) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('files/convert/host');
      } catch {
        // It ended meanwhile.
        return false;
      }
    });
}

test('a film that the browser plays is sought by parts of the file alone', async () => {
  using folder = new TempDir();
  const options = { seconds: 600, video: 'libx264', audio: 'aac', fps: 5, group: 10 };
  const { page, received } = await openFilm(folder.path, 'film.mp4', options);
  const first = await plays(page, 0);
  assert.deepEqual([first.source, Math.round(first.duration), first.width], ['file', 600, 320]);
  await seek(page, 500);
  await plays(page, 500);
  const { size } = statSync(join(folder.path, 'film.mp4'));
  assert.ok((await received('content')) < size * 0.7, `${await received('content')} of ${size} bytes`);
  assert.equal(await received('play'), 0);
});

test('a film is all in the window, with its controls, whatever the shapes of both', async () => {
  using folder = new TempDir();
  const { page } = await openFilm(folder.path, 'film.mp4', { seconds: 20, video: 'libx264', audio: 'aac' });
  await plays(page, 0);
  for (const [width, height] of [
    [1280, 800],
    [1000, 500],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    const box = await page.locator('video').boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= width, `${JSON.stringify(box)} in ${width}`);
    assert.ok(box.y >= 0 && box.y + box.height <= height, `${JSON.stringify(box)} in ${height}`);
  }
});

test('a film in another wrapping plays, and is sought, without being converted or read whole', async () => {
  using folder = new TempDir();
  const options = { seconds: 600, video: 'libx264', audio: 'aac', fps: 5, group: 10 };
  const { house, page, received } = await openFilm(folder.path, 'film.mkv', options);
  const first = await plays(page, 0);
  assert.deepEqual([first.source, Math.round(first.duration), first.width], ['converted', 600, 320]);
  await seek(page, 450);
  const later = await plays(page, 450);
  assert.ok(later.ahead < 120, `${later.ahead} seconds ahead`);
  const { size } = statSync(join(folder.path, 'film.mkv'));
  assert.ok((await received('play')) < size * 0.7, `${await received('play')} of ${size} bytes`);
  const { pid } = house.device('desk').agent;
  await page.keyboard.press('Escape');
  await eventually('no converter is left', () => convertersOf(pid).length === 0);
});

test('a film that no browser decodes is converted while it plays, and a converter that is killed can be tried again', async () => {
  using folder = new TempDir();
  const options = { seconds: 300, video: 'mpeg4', audio: 'ac3' };
  const { house, page } = await openFilm(folder.path, 'film.avi', options);
  const first = await plays(page, 0);
  assert.deepEqual([first.source, Math.round(first.duration), first.width], ['converted', 300, 320]);
  await seek(page, 200);
  await plays(page, 200);
  const { pid } = house.device('desk').agent;
  await eventually('one converter works', () => convertersOf(pid).length === 1);
  const [converter] = convertersOf(pid);
  if (converter === undefined) throw new Error('no converter');
  process.kill(converter, 'SIGKILL');
  const { time, ahead } = await stateOf(page);
  const edge = time + ahead - 1;
  await seek(page, edge);
  await page.getByRole('alert').getByText('The device could not go on converting this.').waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await plays(page, edge);
});

test('a sound that no browser knows plays with its name and length', async () => {
  using folder = new TempDir();
  const tags = { title: 'A tune', artist: 'Somebody' };
  const { page } = await openFilm(folder.path, 'tune.mka', { seconds: 90, audio: 'ac3', tags });
  await page.getByText('A tune').waitFor();
  await page.getByText('1:30').waitFor();
  assert.equal((await plays(page, 0)).source, 'converted');
  await seek(page, 60);
  await plays(page, 60);
});

test('a picture that no browser knows is shown whole, and what nobody can show says so', async () => {
  using folder = new TempDir();
  await makePicture(join(folder.path, 'scan.tiff'), { encoder: 'tiff', width: 1500, height: 1000 });
  writeFileSync(join(folder.path, 'torn.heic'), 'nothing of the kind');
  const { page } = await openFile(folder.path, 'scan.tiff');
  const picture = page.getByRole('img', { name: 'scan.tiff' });
  const width = () => picture.evaluate((element) => (element as HTMLImageElement).naturalWidth);
  await eventually('it is shown', async () => (await width()) === 1500, PATIENCE_MS);
  await page.keyboard.press('ArrowRight');
  await page.getByRole('alert').getByText('Neither the browser nor the device can show this picture.').waitFor();
  await page.getByRole('alert').getByRole('button', { name: 'Download' }).waitFor();
});
