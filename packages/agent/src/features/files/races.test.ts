import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { FileEntry, TreeEntry } from '@porthole/protocol';
import { FilesClient, temporaryFolder } from '../../testing/filesClient.ts';

const ATTEMPTS = 10_000;
const MOST_ATTEMPTS = 2 * ATTEMPTS;
/** What walks through everything comes only so often. */
const WALKS = new Set(['tree', 'search', 'archive', 'copyAll', 'removeAll']);
const WALKS_EVERY = 5;
/** What is only outside of what is shared: a name, and a content. */
const SECRET_NAME = 'only-the-secret-folder-has-this';
const SECRET = 'the secret itself';

/**
 * Swaps `victim` between a folder and a link to `secret` as fast as it can, in a process of its own; what the agent removed
 * or moved away meanwhile is made again.
 */
async function startSwapping(t: TestContext, folder: string, secret: string): Promise<ChildProcess> {
  const script = `
    const { renameSync, mkdirSync, symlinkSync, writeFileSync } = require('node:fs');
    const [folder, secret] = process.argv.slice(1);
    process.chdir(folder);
    const trying = (work) => { try { work(); return true; } catch { return false; } };
    const made = () => {
      trying(() => mkdirSync('folder'));
      for (const name of ['file', 'old', 'goes']) trying(() => writeFileSync('folder/' + name, 'public', { flag: 'wx' }));
    };
    const rest = new Int32Array(new SharedArrayBuffer(4));
    process.stdout.write('ready');
    for (let round = 0; ; round++) {
      // Now and then the agent has luck, on a busy machine too, and finds what it has taken out there again.
      if (round % 100 === 0) Atomics.wait(rest, 0, 0, 20);
      if (!trying(() => renameSync('victim', 'folder')) || round % 100 === 0) made();
      if (!trying(() => renameSync('link', 'victim'))) trying(() => symlinkSync(secret, 'link'));
      if (!trying(() => renameSync('victim', 'link'))) trying(() => symlinkSync(secret, 'link'));
      if (!trying(() => renameSync('folder', 'victim'))) made();
    }`;
  const child = spawn(process.execPath, ['-e', script, folder, secret], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

/** A secret of which every part shows when it was touched: names, content, and what has the names that are asked for. */
function makeSecret(folder: string): string {
  for (const name of ['file', 'old', 'goes', SECRET_NAME]) writeFileSync(join(folder, name), SECRET);
  mkdirSync(join(folder, 'made'));
  return shapeOf(folder);
}

function shapeOf(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const lines = entries.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return `${path} ${entry.isFile() ? readFileSync(path, 'utf8') : ''}`;
  });
  return lines.sort().join('\n');
}

/** The ordinary files below that hold the secret; links are not followed. */
function secretsBelow(folder: string): string {
  return spawnSync('grep', ['-rlF', SECRET, folder], { encoding: 'utf8' }).stdout;
}

const id = () => randomBytes(16).toString('base64url');

/** Everything that can be done with files, at and through the victim; answers all that was learnt by it. */
function attemptsOn(client: FilesClient, shared: string): Record<string, (at: number) => Promise<unknown>> {
  const victim = join(shared, 'top/victim');
  const copies = join(shared, 'copies');
  const one = Buffer.of(1);
  return {
    read: async () => (await client.bytes('read', { path: `${victim}/file` })).toString(),
    list: async () => await client.ask('list', { path: victim }),
    stat: async () => await client.ask('stat', { path: `${victim}/${SECRET_NAME}` }),
    hash: async () => await client.ask('hash', { path: `${victim}/file` }),
    tree: async () => {
      const call = client.call('tree', { paths: [join(shared, 'top')] });
      await call.done;
      return (call.items as TreeEntry[]).filter(({ kind }) => kind !== 'link').map(({ name }) => name);
    },
    search: async () => {
      const call = client.call('search', { path: join(shared, 'top'), name: '*' });
      await call.done;
      return (call.items as FileEntry[][]).flat().map(({ name }) => name);
    },
    archive: async () => (await client.bytes('archive', { paths: [join(shared, 'top')] })).toString('latin1'),
    makeFolder: (at) => client.ask('makeFolder', { folder: victim, name: `made ${at}` }),
    remove: () => client.outcome('remove', { paths: [`${victim}/made`, `${victim}/file`], forever: true }),
    removeAll: () => client.outcome('remove', { paths: [victim], forever: true }),
    rename: () => client.ask('rename', { path: `${victim}/old`, name: 'new' }),
    setMode: () => client.ask('setMode', { path: `${victim}/file`, mode: 0o604 }),
    upload: () => client.upload({ id: id(), folder: victim, name: 'up', size: 1, conflict: 'replace' }, one),
    uploadBelow: (at) =>
      client.upload(
        { id: id(), folder: join(shared, 'top'), name: `victim/${at}/x`, size: 1, conflict: 'replace' },
        one,
      ),
    save: async (at) => {
      const call = client.call('save', { path: `${victim}/saved ${at}`, size: 1 });
      await call.send(one);
      call.end();
      await call.done;
    },
    copyOut: () => client.outcome('copy', { paths: [`${victim}/file`], folder: copies, conflict: 'replace' }),
    copyIn: () => client.outcome('copy', { paths: [join(shared, 'bait')], folder: victim, conflict: 'replace' }),
    copyAll: () => client.outcome('copy', { paths: [join(shared, 'top')], folder: copies, conflict: 'replace' }),
    moveOut: () => client.outcome('move', { paths: [`${victim}/goes`], folder: copies, conflict: 'replace' }),
    moveIn: (at) => {
      writeFileSync(join(shared, `bait ${at}`), 'public');
      return client.outcome('move', { paths: [join(shared, `bait ${at}`)], folder: victim, conflict: 'replace' });
    },
  };
}

test(`whoever swaps a folder for a link all the time gets nothing out and nothing in, in ${ATTEMPTS} attempts of every kind`, async (t) => {
  const [shared, secret] = [temporaryFolder(t), temporaryFolder(t)];
  const before = makeSecret(secret);
  for (const folder of ['top', 'copies', 'bait']) mkdirSync(join(shared, folder));
  writeFileSync(join(shared, 'bait/file'), 'public');
  const client = new FilesClient(t, { roots: [shared] });
  const child = await startSwapping(t, join(shared, 'top'), secret);
  const attempts = Object.entries(attemptsOn(client, shared));
  const reached = new Set<string>();
  const odd: string[] = [];
  const never = () => attempts.map(([name]) => name).filter((name) => name !== 'stat' && !reached.has(name));
  // On a busy machine it is the swapper that has luck more often: then some go on until each was done once.
  const isEnough = (done: number) => done >= ATTEMPTS && (never().length === 0 || done >= MOST_ATTEMPTS);
  for (let [round, done] = [0, 0]; !isEnough(done); round++) {
    const now = attempts.filter(([name]) => round % WALKS_EVERY === 0 || !WALKS.has(name));
    done += now.length;
    const attempted = now.map(async ([name, attempt]) => {
      const learnt = await attempt(round % 7).then(
        (value) => JSON.stringify(value ?? null),
        (error: { code?: string }) => {
          if (error.code === undefined || error.code === 'internal') odd.push(`${name}: ${error}`);
        },
      );
      if (learnt === undefined) return;
      reached.add(name);
      assert.ok(!learnt.includes(SECRET_NAME) && !learnt.includes(SECRET), `${name} let something out: ${learnt}`);
    });
    await Promise.all(attempted);
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.deepEqual(odd, []);
  assert.equal(shapeOf(secret), before);
  assert.equal(secretsBelow(secret).split('\n').length, 5);
  assert.equal(secretsBelow(shared), '', 'nothing was copied or moved out');
  assert.deepEqual(never(), [], 'each was done at least once');
});
