import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Outage } from './outage.ts';

test('an outage begins once and ends once, however often something fails and works meanwhile', () => {
  const outage = new Outage();
  assert.equal(outage.worked(0), false);
  assert.equal(outage.failed(1_000), true);
  assert.equal(outage.failed(6_000), false);
  assert.equal(outage.worked(6_001), false);
  assert.equal(outage.failed(11_000), false);
  assert.equal(outage.worked(41_000), true);
  assert.equal(outage.worked(41_001), false);
  assert.equal(outage.failed(50_000), true);
});
