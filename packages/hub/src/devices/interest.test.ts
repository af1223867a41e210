import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Interest, NOTHING_WANTED, type Wanted } from './interest.ts';

test('a device is told when the first begins to look and when the last ceases, and not in between', () => {
  const changed: string[] = [];
  const interest = new Interest((id) => changed.push(id));
  const both: Wanted = { stats: ['a', 'a', 'b'], thumbnails: ['a'] };
  interest.replace(NOTHING_WANTED, both);
  assert.deepEqual(changed.splice(0).sort(), ['a', 'b']);
  interest.replace(NOTHING_WANTED, { stats: ['a'], thumbnails: [] });
  interest.replace(both, { stats: ['a'], thumbnails: ['a'] });
  assert.deepEqual(changed.splice(0), ['b']);
  assert.deepEqual([interest.wants('stats', 'a'), interest.wants('stats', 'b')], [true, false]);
  interest.replace({ stats: ['a'], thumbnails: ['a'] }, NOTHING_WANTED);
  assert.deepEqual(changed.splice(0), ['a'], 'nobody wants its picture any more');
  assert.deepEqual([interest.wants('stats', 'a'), interest.wants('thumbnails', 'a')], [true, false]);
});

test('looking on at the same is no news: what is wanted before and after never stops in between', () => {
  const interest = new Interest(() => assert.fail('nothing changed'));
  const quiet = new Interest(() => undefined);
  const same: Wanted = { stats: ['a'], thumbnails: ['b'] };
  quiet.replace(NOTHING_WANTED, same);
  quiet.replace(same, { stats: ['a'], thumbnails: ['b'] });
  interest.replace(NOTHING_WANTED, NOTHING_WANTED);
  assert.ok(quiet.wants('stats', 'a') && quiet.wants('thumbnails', 'b'));
});

test('after any history a device is wanted exactly when somebody wants it', () => {
  const ids = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 });
  const step = fc.tuple(fc.nat(3), fc.record({ stats: ids, thumbnails: ids }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const told = new Map<string, boolean>();
      const interest: Interest = new Interest((id) =>
        told.set(id, interest.wants('stats', id) || interest.wants('thumbnails', id)),
      );
      const portals = new Map<number, Wanted>();
      for (const [portal, wanted] of steps) {
        interest.replace(portals.get(portal) ?? NOTHING_WANTED, wanted);
        portals.set(portal, wanted);
        for (const feed of ['stats', 'thumbnails'] as const) {
          for (const id of ['a', 'b', 'c']) {
            assert.equal(
              interest.wants(feed, id),
              [...portals.values()].some((wanted) => wanted[feed].includes(id)),
            );
          }
        }
      }
      for (const [id, wanted] of told) {
        assert.equal(wanted, interest.wants('stats', id) || interest.wants('thumbnails', id), 'the last word was true');
      }
    }),
    { seed: 20, numRuns: 200 },
  );
});
