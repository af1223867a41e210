import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { FilePage, FileProperties } from '@porthole/protocol';
import { FilesClient, temporaryFolder } from '../../testing/filesClient.ts';

const code = (expected: string) => ({ code: expected });

/** A shared folder with links of every kind, and a folder with a secret that is not shared. */
function house(t: TestContext) {
  const [shared, secret] = [temporaryFolder(t), temporaryFolder(t)];
  writeFileSync(join(secret, 'secret'), 'secret');
  mkdirSync(join(shared, 'in/deep'), { recursive: true });
  writeFileSync(join(shared, 'in/deep/file'), 'public');
  symlinkSync(secret, join(shared, 'out'));
  symlinkSync(`../../../../../../..${secret}`, join(shared, 'relative-out'));
  symlinkSync('in/deep', join(shared, 'inside'));
  symlinkSync(join(shared, 'in'), join(shared, 'absolute-inside'));
  symlinkSync('inside/../../out', join(shared, 'roundabout'));
  symlinkSync('loop2', join(shared, 'loop1'));
  symlinkSync('loop1', join(shared, 'loop2'));
  return { shared, secret, client: new FilesClient(t, { roots: [shared] }) };
}

test('no spelling of a path leads out of what is shared', async (t) => {
  const { shared, secret, client } = house(t);
  const name = secret.slice(secret.lastIndexOf('/') + 1);
  const spellings = [
    secret,
    `${shared}/../${name}`,
    `${shared}/in/../../${name}`,
    `${shared}//..//${name}`,
    `${shared}/./../${name}`,
    `/proc/self/root${secret}`,
    `/proc/self/cwd/../../../../..${secret}`,
    `${shared}/out`,
    `${shared}/relative-out`,
    `${shared}/roundabout`,
    `${shared}/inside/../../out`,
    `${shared}x`,
    '/',
    `${shared.toUpperCase()}`,
  ];
  for (const path of spellings) {
    await assert.rejects(client.ask('list', { path }), code('file.outside'), path);
    await assert.rejects(client.ask('read', { path: `${path}/secret` }), code('file.outside'), path);
    await assert.rejects(client.ask('makeFolder', { folder: path, name: 'x' }), code('file.outside'), path);
    const begin = { id: 'a'.repeat(22), folder: path, name: 'x', size: 1, conflict: 'replace' } as const;
    await assert.rejects(client.ask('begin', begin), code('file.outside'), path);
  }
  for (const path of ['', 'in', '../x', '%2e%2e/x', '\\..\\x', 'C:\\x']) {
    await assert.rejects(client.ask('list', { path }), (error: { code: string }) => error.code !== 'internal', path);
  }
  assert.deepEqual(readdirSync(secret), ['secret']);
});

test('links within what is shared are followed, loops end, and links out are shown as leading nowhere', async (t) => {
  const { shared, client } = house(t);
  for (const path of ['inside/file', 'absolute-inside/deep/file', 'in/deep/./file']) {
    assert.equal((await client.bytes('read', { path: join(shared, path) })).toString(), 'public', path);
  }
  await assert.rejects(client.ask('list', { path: join(shared, 'loop1') }), code('file.missing'));
  const { entries } = await client.ask<FilePage>('list', { path: shared });
  const targets = Object.fromEntries(entries.map(({ name, target }) => [name, target]));
  assert.deepEqual(targets, {
    in: undefined,
    'absolute-inside': 'directory',
    inside: 'directory',
    loop1: 'missing',
    loop2: 'missing',
    out: 'missing',
    'relative-out': 'missing',
    roundabout: 'missing',
  });
  const link = await client.ask<FileProperties>('stat', { path: join(shared, 'out') });
  assert.deepEqual([link.kind, link.target], ['link', 'missing']);
});

test('neither the shared folder itself nor anything through a link out can be changed', async (t) => {
  const { shared, secret, client } = house(t);
  const outcome = await client.outcome('remove', { paths: [shared, `${shared}/out/secret`], forever: true });
  assert.deepEqual(
    outcome.failed.map(({ error }) => error),
    ['file.denied', 'file.outside'],
  );
  await assert.rejects(client.ask('rename', { path: shared, name: 'x' }), code('file.denied'));
  await assert.rejects(client.ask('setMode', { path: `${shared}/out`, mode: 0o777 }), code('file.outside'));
  const save = client.call('save', { path: `${shared}/out/new`, size: 0 });
  save.end();
  await assert.rejects(save.done, code('file.outside'));
  const copied = await client.outcome('copy', { paths: [`${secret}/secret`], folder: shared, conflict: 'fail' });
  assert.equal(copied.failed[0]?.error, 'file.outside');
  await client.outcome('remove', { paths: [`${shared}/out`], forever: true });
  assert.equal(readFileSync(join(secret, 'secret'), 'utf8'), 'secret');
});

test('a root that is itself given by way of a link is shared', async (t) => {
  const [folder, real] = [temporaryFolder(t), temporaryFolder(t)];
  writeFileSync(join(real, 'file'), 'x');
  symlinkSync('file', join(real, 'link'));
  symlinkSync(real, join(folder, 'root'));
  const client = new FilesClient(t, { roots: [join(folder, 'root')] });
  assert.equal((await client.bytes('read', { path: join(folder, 'root/link') })).toString(), 'x');
  await assert.rejects(client.ask('list', { path: folder }), code('file.outside'));
});

test('questions that make no sense are refused', async (t) => {
  const client = new FilesClient(t);
  const ask = (value: object) => client.call('list', value as { path: string }).done;
  for (const value of [{}, { path: 1 }, { path: 'a\0b' }, { path: '/', more: 1 }, { path: '/', limit: 0 }]) {
    await assert.rejects(ask(value), code('request.invalid'));
  }
});
