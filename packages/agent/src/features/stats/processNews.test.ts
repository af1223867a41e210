import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS, type ProcessNews, type ProcessRow, processNews } from '@porthole/protocol';
import fc from 'fast-check';
import { bounded } from './processNews.ts';
import { ProcessStream } from './processStream.ts';
import { topProcesses } from './topProcesses.ts';

function row(pid: number, change: Partial<ProcessRow> = {}): ProcessRow {
  const common = { parent: 1, name: `p${pid}`, command: `/bin/p${pid} --all`, user: 'ann', state: 'S' };
  return { pid, ...common, cpu: 0, memory: 1_000_000, started: 5, ...change };
}

/** What a viewer makes of the news: the list as it stands. */
function apply(list: Map<number, ProcessRow>, news: ProcessNews): void {
  if (news.whole) list.clear();
  for (const pid of news.gone) list.delete(pid);
  for (const each of news.rows) list.set(each.pid, each);
}

test('after the whole list only what changed is told, and what is gone', () => {
  const sent: { news: ProcessNews; sync: boolean }[] = [];
  const stream = new ProcessStream((news, sync) => sent.push({ news, sync }));
  stream.update(1, [row(2), row(3), row(4)]);
  stream.update(2, [row(2), row(3, { cpu: 0.5 }), row(5)]);
  assert.deepEqual(
    sent.map(({ news, sync }) => [news.whole, sync, news.rows.map(({ pid }) => pid), news.gone]),
    [
      [true, true, [2, 3, 4], []],
      [false, false, [3, 5], [4]],
    ],
  );
});

test('a number that another process got is told as the new one', () => {
  const sent: ProcessNews[] = [];
  const stream = new ProcessStream((news) => sent.push(news));
  stream.update(1, [row(7)]);
  stream.update(2, [row(7, { started: 900 })]);
  assert.deepEqual(sent[1]?.rows[0]?.started, 900);
});

test('many small steps are told at last, though none of them is worth it alone', () => {
  const sent: ProcessNews[] = [];
  const stream = new ProcessStream((news) => sent.push(news));
  for (let step = 0; step < 10; step++) stream.update(step, [row(2, { memory: 10_000_000 + step * 30_000 })]);
  const told = sent.slice(1).flatMap(({ rows }) => rows);
  assert.ok(told.length > 0 && told.length < 9, `${told.length} of 9 steps`);
});

test('whatever comes and goes, a viewer that applies the news in order has the list as it is', () => {
  const anyRow = fc.record({ pid: fc.integer({ min: 1, max: 60 }), cpu: fc.constantFrom(0, 1, 2), started: fc.nat(3) });
  const looks = fc.array(fc.uniqueArray(anyRow, { selector: ({ pid }) => pid, maxLength: 40 }), { maxLength: 6 });
  fc.assert(
    fc.property(looks, fc.nat(5), (all, lag) => {
      const list = new Map<number, ProcessRow>();
      const stream = new ProcessStream((news) => apply(list, processNews.parse(news)));
      for (const [at, rows] of all.entries()) {
        const now = rows.map(({ pid, cpu, started }) => row(pid, { cpu, started }));
        stream.update(at, now);
        if (at === lag) stream.whole();
        assert.deepEqual(new Set(list.values()), new Set(now));
      }
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('a list of thousands comes in messages that fit, and as a whole on its way at once; hostile text too', () => {
  const hostile = '\u0001'.repeat(512);
  for (const command of ['/usr/bin/long '.repeat(36), hostile]) {
    const rows = Array.from({ length: 20_000 }, (_, n) => row(n + 1, { command, cpu: n % 7 }));
    let bytes = 0;
    const stream = new ProcessStream((news) => {
      processNews.parse(news);
      const size = Buffer.byteLength(JSON.stringify(news));
      assert.ok(size <= LIMITS.dataPayload);
      bytes += command === hostile ? 0 : size;
    });
    stream.update(1, rows);
    assert.ok(bytes < LIMITS.lossyWindow);
  }
});

test('when not all can be told, those that use most are', () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => row(n + 1, { cpu: n / 20_000 }));
  const told = bounded(rows);
  assert.ok(told.length < rows.length);
  assert.equal(Math.max(...told.map(({ cpu }) => cpu)), 19_999 / 20_000);
  assert.ok(told.every(({ cpu }) => cpu > 0.5));
});

test('the top names the busiest and the largest, each once', () => {
  const rows = [row(2, { cpu: 1.5 }), row(3, { memory: 9e9 }), row(4, { cpu: 0.2, memory: 8e9 }), row(5), row(6)];
  const pids = topProcesses(rows).map(({ pid }) => pid);
  assert.deepEqual(pids.slice(0, 3), [2, 4, 3]);
  assert.equal(new Set(pids).size, pids.length);
  assert.deepEqual(topProcesses([row(2, { memory: 0 })]), [], 'nothing stands out');
});
