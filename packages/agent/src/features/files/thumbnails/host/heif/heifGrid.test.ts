import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FilesClient, temporaryFolder } from '../../../../../testing/filesClient.ts';
import { makeHeic } from '../../../../../testing/makeHeic.ts';
import { loadAv } from '../av.ts';
import { renderPicture } from '../renderPicture.ts';
import { readHeifGrid } from './heifGrid.ts';

const TILES = [0, 100, 200, 50, 150, 250];

test('the layout of a photograph in tiles is read, and a file that breaks off anywhere does no harm', async (t) => {
  const path = join(temporaryFolder(t), 'a.heic');
  await makeHeic(path, { tiles: TILES, columns: 3, width: 300, height: 200, turns: 3 });
  const file = readFileSync(path);
  const grid = { columns: 3, rows: 2, width: 300, height: 200, tiles: [1, 2, 3, 4, 5, 6], turns: 1 };
  assert.deepEqual(readHeifGrid(file), grid);
  for (let length = 0; length < 900; length++) readHeifGrid(file.subarray(0, length));
  for (let at = 0; at < 900; at++) readHeifGrid(Buffer.from(file).fill(255, at, at + 4));
  assert.equal(readHeifGrid(Buffer.from('no picture at all')), undefined);
});

test('a photograph in tiles is put together, cut to its size and turned upright', async (t) => {
  const path = join(temporaryFolder(t), 'a.heic');
  await makeHeic(path, { tiles: TILES, columns: 3, width: 300, height: 200, turns: 3 });
  const { data, width, height } = renderPicture(await loadAv(), path, 8_192);
  assert.deepEqual([width, height], [200, 300]);
  // Turned clockwise, the left column stands on top with its lower tile first.
  const places = [
    [150, 50],
    [150, 200],
    [150, 290],
    [30, 50],
    [30, 200],
    [30, 290],
  ] as const;
  const seen = places.map(([x, y]) => data[(y * width + x) * 4] ?? -1);
  for (const [at, grey] of TILES.entries()) assert.ok(Math.abs((seen[at] ?? -1) - grey) < 8, `${seen} is not ${TILES}`);
  const thumbnail = await new FilesClient(t).bytes('thumbnail', { path, size: 64 });
  assert.ok(thumbnail.byteLength > 0);
});
