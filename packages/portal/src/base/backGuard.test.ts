import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BackGuard } from './backGuard.ts';

test('nobody hears that the browser went back while the page is held', () => {
  const window = new EventTarget();
  const guard = new BackGuard();
  guard.listen(window);
  let heard = 0;
  window.addEventListener('popstate', () => {
    heard += 1;
  });
  let holds = true;
  const letGo = guard.hold(() => holds);
  window.dispatchEvent(new Event('popstate'));
  assert.equal(heard, 0);
  holds = false;
  window.dispatchEvent(new Event('popstate'));
  assert.equal(heard, 1);
  holds = true;
  letGo();
  letGo();
  window.dispatchEvent(new Event('popstate'));
  assert.equal(heard, 2);
});
