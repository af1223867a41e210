import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { FilesClient, temporaryFolder } from '../../../testing/filesClient.ts';

/** Resolves once the folder holds exactly these. */
async function holds(folder: string, names: string[]): Promise<void> {
  while (readdirSync(folder).sort().join() !== names.sort().join())
    await new Promise((resolve) => setTimeout(resolve, 10));
}

const notesOf = ({ data }: FilesClient) => join(data, 'scratch');

/** Copies that never end, of which something is there already: as if their agent was killed then. */
async function halfCopied(t: TestContext) {
  const [folder, to] = [temporaryFolder(t), temporaryFolder(t)];
  mkdirSync(join(folder, 'tree'));
  for (const name of ['large', 'tree/large']) {
    writeFileSync(join(folder, name), '');
    truncateSync(join(folder, name), 2 ** 42);
  }
  const client = new FilesClient(t);
  const calls = ['large', 'tree'].map((name) =>
    client.call('copy', { paths: [join(folder, name)], folder: to, conflict: 'replace' }),
  );
  while (readdirSync(to).length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  t.after(() => {
    for (const call of calls) call.close();
  });
  return { to, client };
}

test('what an agent was copying when it was killed is removed by its next run, and nothing else is', async (t) => {
  const { to, client } = await halfCopied(t);
  const foreign = '.porthole-abcdefghijklmnop.part';
  writeFileSync(join(to, foreign), '');
  assert.equal(readdirSync(notesOf(client)).length, 2);
  new FilesClient(t, { data: client.data });
  await holds(to, [foreign]);
  await holds(notesOf(client), []);
});

test('notes that are broken, or of a folder that is gone, go', async (t) => {
  const { to, client } = await halfCopied(t);
  rmSync(to, { recursive: true });
  writeFileSync(join(notesOf(client), 'half'), '');
  new FilesClient(t, { data: client.data });
  await holds(notesOf(client), []);
});

test('what was made leaves no note, whether it came about or not', async (t) => {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const save = async () => {
    const call = client.call('save', { path: join(folder, 'text'), size: 1 });
    await call.send(Buffer.of(1));
    call.end();
    await call.done;
  };
  await save();
  await assert.rejects(save(), { code: 'file.exists' });
  const copy = { paths: [join(folder, 'text')], folder, conflict: 'rename' as const };
  assert.equal((await client.outcome('copy', copy)).done, 1);
  assert.deepEqual([readdirSync(folder).sort(), readdirSync(notesOf(client))], [['text', 'text (2)'], []]);
});

test('without a place for notes things are made all the same', async (t) => {
  const data = temporaryFolder(t);
  writeFileSync(join(data, 'scratch'), 'in the way');
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'a'), '');
  const client = new FilesClient(t, { data });
  assert.equal((await client.outcome('copy', { paths: [join(folder, 'a')], folder, conflict: 'rename' })).done, 1);
});
