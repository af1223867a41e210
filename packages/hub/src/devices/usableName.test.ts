import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceName } from '@porthole/protocol';
import fc from 'fast-check';
import { usableName } from './usableName.ts';

const ID = 'abcdefghij234567abcdefghij';

test('the first wish that is a name counts, cleaned of what cannot be seen', () => {
  assert.equal(usableName(['  desk ', 'host'], ID), 'desk');
  assert.equal(usableName([undefined, '\u202e\u0007', 'host'], ID), 'host');
  assert.equal(usableName(['a\u0000b\nc\u2028d'], ID), 'a b c d');
  assert.equal(usableName(['', '   '], ID), 'device abcdef');
});

test('whatever a device calls itself, it gets a name that people can be shown', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 90 }), { maxLength: 3 }), (wishes) => {
      const name = usableName(wishes, ID);
      assert.equal(deviceName.parse(name), name);
      assert.ok(name.isWellFormed());
    }),
    { seed: 21, numRuns: 500 },
  );
});
