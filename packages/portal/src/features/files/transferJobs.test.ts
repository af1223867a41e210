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
