import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PortholeError } from '@porthole/protocol';
import { Api } from '../../base/api.ts';
import { FilesApi } from './filesApi.ts';

function setUp(answer: (url: URL, init: RequestInit) => Response) {
  const asked: { url: URL; init: RequestInit }[] = [];
  const api = new Api({
    fetch: async (input, init = {}) => {
      const url = new URL(String(input), 'https://hub.lan');
      asked.push({ url, init });
      return answer(url, init);
    },
  });
  return { files: new FilesApi(api, 'dev'), asked };
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.catch((reason: unknown) => reason);
  return error instanceof PortholeError ? error.code : 'none';
}

test('every path is escaped, whatever it holds', async () => {
  const { files, asked } = setUp(() => new Response('{}', { status: 200 }));
  const path = '/a b&path=/etc#?%\n';
  await files.properties(path).catch(() => undefined);
  assert.equal(asked[0]?.url.searchParams.get('path'), path);
  const many = new URL(await files.archiveUrl([path, '/c']), 'https://hub.lan');
  assert.deepEqual(many.searchParams.getAll('path'), [path, '/c']);
  assert.equal(new URL(files.contentUrl(path, 'download'), 'https://hub.lan').searchParams.get('download'), '1');
});

test('more paths than an address holds are told the hub before', async () => {
  const { files, asked } = setUp(() => Response.json({ id: 'x/y' }, { status: 201 }));
  const paths = Array.from({ length: 500 }, (_, at) => `/srv/photos/${at}.jpg`);
  assert.equal(await files.archiveUrl(paths), '/api/devices/dev/files/archives/x%2Fy');
  assert.equal(asked[0]?.init.body, JSON.stringify({ paths }));
});

test('an answer of another shape is an error, not a folder', async () => {
  const { files } = setUp(() => new Response('{"path":"/","entries":[{"name":1}],"total":1}'));
  assert.equal(await refusal(files.list('/', { limit: 10 })), 'internal');
});

test('a part says how large the whole is, and which version it is of', async () => {
  const headers = { 'content-range': 'bytes 2-4/1000', etag: '"e1"' };
  const { files, asked } = setUp(() => new Response('abc', { status: 206, headers }));
  const part = await files.read('/a', { offset: 2, length: 3, etag: '"e1"' });
  assert.deepEqual([part.size, part.etag, part.bytes.byteLength], [1000, '"e1"', 3]);
  assert.deepEqual(asked[0]?.init.headers, { range: 'bytes=2-4', 'if-match': '"e1"' });
});

test('an empty file has no part, and is read whole', async () => {
  const { files } = setUp((_url, { headers }) =>
    headers ? new Response('{"code":"file.range","message":"no"}', { status: 416 }) : new Response(''),
  );
  const part = await files.readAll('/empty', 100, new AbortController().signal);
  assert.deepEqual([part.size, part.bytes.byteLength], [0, 0]);
});

test('saving asks for the version that was read, and a change in between is a refusal', async () => {
  const { files, asked } = setUp(() => new Response('{"code":"file.changed","message":"m"}', { status: 412 }));
  assert.equal(await refusal(files.save('/a', new TextEncoder().encode('text'), '"e1"')), 'file.changed');
  assert.equal(new Headers(asked[0]?.init.headers).get('if-match'), '"e1"');
});

test('what could not be removed is told, and what was', async () => {
  const lines =
    '{"item":{"entries":1,"bytes":0}}\n{"done":{"done":1,"failed":[{"path":"/b","error":"file.denied"}]}}\n';
  const { files } = setUp(() => new Response(lines));
  const told: number[] = [];
  const outcome = await files.remove(['/a', '/b'], false, { told: ({ entries }) => told.push(entries) });
  assert.deepEqual([outcome.done, outcome.failed[0]?.error, told], [1, 'file.denied', [1]]);
});

test('more entries than one request may name are removed and moved with several', async () => {
  const { files, asked } = setUp((_url, { body }) => {
    const { paths } = JSON.parse(String(body));
    return new Response(`{"done":{"done":${paths.length},"failed":[]}}\n`);
  });
  const paths = Array.from({ length: 2_500 }, (_, at) => `/${at}`);
  assert.equal((await files.remove(paths, true)).done, 2_500);
  assert.equal((await files.transfer('move', { paths, folder: '/to', conflict: 'rename' })).done, 2_500);
  const sizes = asked.map(({ url, init }) => [
    url.pathname.split('/').at(-1),
    JSON.parse(String(init.body)).paths.length,
  ]);
  const [most, rest] = [1_000, 500];
  assert.deepEqual(
    sizes,
    ['remove', 'move'].flatMap((kind) => [most, most, rest].map((size) => [kind, size])),
  );
});
