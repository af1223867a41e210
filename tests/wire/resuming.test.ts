import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { House } from './house.ts';

const house = await House.start();
after(() => house.close());
const { id, agent } = await house.device('desk');
const api = await house.signIn('oli');
const folder = house.keep(new TempDir()).path;
const CONTENT = randomBytes(1_000_000);
const SIZE = CONTENT.byteLength;
const FILES = `/api/devices/${id}/files`;
const TUS = { 'tus-resumable': '1.0.0' };
const PART = { ...TUS, 'content-type': 'application/offset+octet-stream' };

const content = (name: string) => `${FILES}/content?path=${encodeURIComponent(join(folder, name))}`;

test('a download goes on from any byte of the same file, and from the start of another', async () => {
  writeFileSync(join(folder, 'down.bin'), CONTENT);
  const whole = await api.request('GET', content('down.bin'));
  const etag = String(whole.headers.etag);
  for (const at of [0, 1, SIZE / 2, SIZE - 1]) {
    const headers = { range: `bytes=${at}-`, 'if-range': etag };
    const rest = await api.request('GET', content('down.bin'), { headers });
    assert.deepEqual([rest.status, rest.headers['content-range']], [206, `bytes ${at}-${SIZE - 1}/${SIZE}`]);
    assert.ok(Buffer.concat([CONTENT.subarray(0, at), rest.body]).equals(CONTENT), `from ${at}`);
  }
  const beyond = await api.request('GET', content('down.bin'), {
    headers: { range: `bytes=${SIZE}-`, 'if-range': etag },
  });
  assert.deepEqual([beyond.status, beyond.headers['content-range']], [416, `bytes */${SIZE}`]);
  const other = randomBytes(SIZE);
  writeFileSync(join(folder, 'down.bin'), other);
  for (const at of [0, 1, SIZE - 1, SIZE]) {
    const headers = { range: `bytes=${at}-`, 'if-range': etag };
    const anew = await api.request('GET', content('down.bin'), { headers });
    assert.deepEqual([anew.status, anew.body.equals(other)], [200, true], `another file from ${at}`);
  }
});

/** Begins an upload, and answers where to go on. */
async function create(name: string, conflict = 'fail'): Promise<string> {
  const pairs = Object.entries({ folder, name, conflict }).map(
    ([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`,
  );
  const headers = { ...TUS, 'upload-length': String(SIZE), 'upload-metadata': pairs.join(',') };
  const { status, headers: told } = await api.request('POST', `${FILES}/uploads`, { headers });
  assert.equal(status, 201);
  return String(told.location);
}

async function patch(location: string, from: number, to = SIZE) {
  const headers = { ...PART, 'upload-offset': String(from) };
  return await api.request('PATCH', location, { headers, body: CONTENT.subarray(from, to) });
}

test('an upload goes on from any byte that the device has, through new runs of it and of the hub', async () => {
  const marks = [0, 1, SIZE / 2, SIZE - 1, SIZE];
  const locations = await Promise.all(marks.map((at) => create(`up ${at}`)));
  for (const [which, at] of marks.entries()) {
    if (at > 0) assert.equal((await patch(locations[which] ?? '', 0, at)).status, 204);
  }
  agent.kill('SIGKILL');
  house.hub.kill('SIGKILL');
  await house.hub.restart();
  await agent.restart();
  await eventually('the device is back', async () => (await api.request('GET', `${FILES}/places`)).status === 200);
  for (const [which, at] of marks.entries()) {
    const location = locations[which] ?? '';
    const look = await api.request('HEAD', location, { headers: TUS });
    assert.deepEqual([look.status, look.headers['upload-offset']], [200, String(at)]);
    for (const wrong of [at - 1, at + 1].filter((offset) => offset >= 0 && offset <= SIZE)) {
      assert.equal((await patch(location, wrong, wrong)).json<{ code: string }>().code, 'upload.offset');
    }
    const rest = await patch(location, at);
    assert.deepEqual([rest.status, rest.headers['upload-offset']], [204, String(SIZE)]);
    assert.ok(readFileSync(join(folder, `up ${at}`)).equals(CONTENT), `from ${at}`);
  }
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.part')),
    [],
  );
});

test('of two uploads to one name that may replace it the last one stays, and never a mixture of both', async () => {
  const [first, second] = [await create('twice', 'replace'), await create('twice', 'replace')];
  await patch(first, 0, SIZE / 2);
  await patch(second, 0, SIZE / 4);
  assert.equal((await patch(first, SIZE / 2)).status, 204);
  assert.ok(readFileSync(join(folder, 'twice')).equals(CONTENT));
  const third = await create('twice', 'rename');
  const replies = await Promise.all([patch(second, SIZE / 4), patch(third, 0)]);
  assert.deepEqual(
    replies.map(({ status }) => status),
    [204, 204],
  );
  const names = readdirSync(folder).filter((name) => /^twice|part$/.test(name));
  assert.deepEqual(names.sort(), ['twice', 'twice (2)']);
  for (const name of names) assert.ok(readFileSync(join(folder, name)).equals(CONTENT), name);
});

/** Reads some of a large file, has something done to it, and reads on: how it ended, and what came in all. */
async function readWhile(name: string, change: (path: string) => void) {
  const path = join(folder, name);
  const before = randomBytes(40_000_000);
  writeFileSync(path, before);
  const sent = request(new URL(content(name), house.hub.url), {
    rejectUnauthorized: false,
    headers: { cookie: api.cookie },
  });
  sent.end();
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  if (!answer) throw new Error('no answer');
  const pieces: Buffer[] = [];
  let isChanged = false;
  const ended = (async () => {
    for await (const piece of answer) {
      pieces.push(piece);
      if (isChanged) continue;
      isChanged = true;
      change(path);
    }
  })();
  const error = await ended.then(
    () => undefined,
    (reason: Error) => reason,
  );
  return { error, came: Buffer.concat(pieces), before };
}

const CHANGES: Record<string, (path: string) => void> = {
  grows: (path) => appendFileSync(path, 'more'),
  shrinks: (path) => truncateSync(path, 20_000_000),
  'is replaced': (path) => {
    writeFileSync(`${path}.new`, randomBytes(40_000_000));
    renameSync(`${path}.new`, path);
  },
  'is written over': (path) => writeFileSync(path, randomBytes(40_000_000)),
};
for (const [what, change] of Object.entries(CHANGES)) {
  test(`a file that ${what} while it is downloaded breaks the download off, and what came is of one state`, async () => {
    const { error, came, before } = await readWhile(`changing ${what}`, change);
    assert.match(String(error), /aborted/);
    assert.ok(came.byteLength < before.byteLength);
    assert.ok(came.equals(before.subarray(0, came.byteLength)), 'not a byte of another state');
  });
}
