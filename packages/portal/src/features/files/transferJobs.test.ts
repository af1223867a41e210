import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Transfer } from '@porthole/protocol';
import { Api } from '../../base/api.ts';
import { isFinished, TransferJobs } from './transferJobs.ts';

const job = (id: string, state: Transfer['state'], failed: Transfer['failed'] = []): Transfer => ({
  id,
  user: 'ada',
  from: { device: 'a'.repeat(26), paths: ['/x'] },
  to: { device: 'b'.repeat(26), folder: '/y' },
  conflict: 'fail',
  state,
  entries: 1,
  bytes: 1,
  failed,
  created: 0,
});

test('all are asked what makes sense for them, and a refusal of one is told when the others are through', async (t) => {
  const all = [job('runs', 'running'), job('gone', 'running'), job('paused', 'paused'), job('done', 'done')];
  const asked: string[] = [];
  const send = async (input: unknown, init?: RequestInit) => {
    const path = String(input).split('/transfers')[1] ?? '';
    if (init?.method === undefined) return Response.json({ transfers: all });
    asked.push(`${init.method} ${path}`);
    const refusal = { error: { code: 'request.missing', message: '' } };
    return path.startsWith('/gone') ? Response.json(refusal, { status: 404 }) : Response.json({});
  };
  const jobs = new TransferJobs(new Api({ fetch: send as typeof fetch }));
  t.after(() => jobs.close());
  await new Promise<void>((resolve) => jobs.list.subscribe(() => resolve()));
  await assert.rejects(jobs.actOnAll('pause'));
  await jobs.actOnAll('resume');
  await assert.rejects(jobs.actOnAll('cancel'));
  assert.deepEqual(asked, [
    'POST /runs/pause',
    'POST /gone/pause',
    'POST /paused/resume',
    'DELETE /runs',
    'DELETE /gone',
    'DELETE /paused',
  ]);
});

test('what arrived whole goes off the list together, and nothing else', async (t) => {
  let all = [
    job('whole', 'done'),
    job('partly', 'done', [{ path: '/x', error: 'file.denied' }]),
    job('failed', 'failed'),
    job('paused', 'paused'),
    job('also', 'done'),
  ];
  const send = async (input: unknown, init?: RequestInit) => {
    const id = String(input).split('/').at(-1);
    if (init?.method !== 'DELETE') return Response.json({ transfers: all });
    all = all.filter((each) => each.id !== id);
    return new Response(null, { status: 204 });
  };
  const jobs = new TransferJobs(new Api({ fetch: send as typeof fetch }));
  t.after(() => jobs.close());
  const listed = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => jobs.list.get().length === count && resolve();
      jobs.list.subscribe(look);
      look();
    });
  await listed(5);
  assert.equal(jobs.list.get().some(isFinished), true);
  await jobs.clearFinished();
  await listed(3);
  assert.deepEqual(
    jobs.list.get().map(({ id }) => id),
    ['partly', 'failed', 'paused'],
  );
});
