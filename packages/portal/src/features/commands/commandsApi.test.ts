import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunPage, RunSummary } from '@porthole/protocol';
import { Api } from '../../base/api.ts';
import { CommandsApi } from './commandsApi.ts';

const RUN: RunSummary = {
  id: '',
  user: 'ann',
  what: { kind: 'argv', argv: ['true'] },
  timeoutSeconds: 60,
  concurrency: 10,
  createdAt: 0,
  deadline: 0,
  counts: { queued: 0, waiting: 0, running: 0, done: 1, failed: 0, cancelled: 0 },
  unsuccessful: 0,
};

/** A hub with runs `1` to `3`, one to a page; and the questions that it got. */
function hub() {
  const asked: string[] = [];
  const send = async (input: string | URL | Request) => {
    const { searchParams } = new URL(String(input), 'https://hub');
    asked.push(searchParams.toString());
    const number = Number(searchParams.get('before') ?? 0) + 1;
    const page: RunPage = { runs: [{ ...RUN, id: `${number}` }], ...(number < 3 ? { next: `${number}` } : {}) };
    return new Response(JSON.stringify(page));
  };
  return { asked, commands: new CommandsApi(new Api({ fetch: send })) };
}

const idsOf = ({ runs }: RunPage) => runs.map(({ id }) => id);

test('earlier runs come page by page, and tell whether there are more', async () => {
  const { asked, commands } = hub();
  const two = await commands.latest('df', 2);
  assert.deepEqual([idsOf(two), two.next], [['1', '2'], '2']);
  assert.deepEqual(asked, ['search=df', 'search=df&before=1']);
});

test('no page is asked for beyond the last', async () => {
  const { asked, commands } = hub();
  const all = await commands.latest('', 9);
  assert.deepEqual([idsOf(all), all.next], [['1', '2', '3'], undefined]);
  assert.equal(asked.length, 3);
});
