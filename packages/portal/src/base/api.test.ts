import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PortholeError } from '@porthole/protocol';
import { Api, thumbnailUrl } from './api.ts';

interface Call {
  path: string;
  init: RequestInit | undefined;
}

function setUp(status: number, body: string) {
  const calls: Call[] = [];
  const ended: string[] = [];
  const api = new Api({
    fetch: async (input, init) => {
      calls.push({ path: String(input), init });
      return new Response(status === 204 ? null : body, { status });
    },
    signedOut: (code) => ended.push(code),
  });
  return { api, calls, ended };
}

const refusal = (code: string) => JSON.stringify({ code, message: 'why' });

test('state changes carry JSON, and ids are escaped', async () => {
  const { api, calls } = setUp(204, '');
  await api.setToggle('../x', 'screen', false);
  assert.equal(calls[0]?.path, '/api/devices/..%2Fx/toggles/screen');
  assert.equal(calls[0]?.init?.method, 'PUT');
  assert.equal(calls[0]?.init?.body, '{"on":false}');
  assert.deepEqual(calls[0]?.init?.headers, { 'content-type': 'application/json' });
});

test('a refusal keeps its code and its sentence', async () => {
  const { api } = setUp(409, refusal('control.busy'));
  await assert.rejects(api.giveControl('d', 'v'), (error) => {
    assert.ok(error instanceof PortholeError);
    assert.deepEqual([error.code, error.message], ['control.busy', 'why']);
    return true;
  });
});

test('a session that is gone is reported, a wrong password is not', async () => {
  const gone = setUp(401, refusal('auth.session-ended'));
  await assert.rejects(gone.api.enrol());
  assert.deepEqual(gone.ended, ['auth.session-ended']);
  const wrong = setUp(401, refusal('auth.wrong'));
  await assert.rejects(wrong.api.signIn('a', 'b'), { code: 'auth.wrong' });
  assert.deepEqual(wrong.ended, []);
});

test('nobody signed in is an answer, not an error', async () => {
  assert.equal(await setUp(401, refusal('auth.required')).api.session(), undefined);
  assert.deepEqual(await setUp(200, '{"username":"ada","role":"admin"}').api.session(), {
    username: 'ada',
    role: 'admin',
  });
});

test('answers that are not JSON, not known or not as agreed are errors of the catalogue', async () => {
  await assert.rejects(setUp(200, '<html>').api.needsSetup(), { name: 'PortholeError' });
  await assert.rejects(setUp(200, '{"needsSetup":"yes"}').api.needsSetup(), { code: 'internal' });
  await assert.rejects(setUp(418, '{"code":"teapot","message":"?"}').api.needsSetup(), { code: 'internal' });
  await assert.rejects(setUp(404, '').api.rename('d', 'n'), { code: 'not-found' });
});

test('a hub that cannot be reached is an error with a sentence', async () => {
  const api = new Api({ fetch: () => Promise.reject(new TypeError('failed to fetch')) });
  await assert.rejects(api.needsSetup(), { name: 'PortholeError', message: /cannot be reached/ });
});

test('the address of a thumbnail changes with its version', () => {
  assert.equal(thumbnailUrl('abc', '1 2'), '/api/devices/abc/thumbnail?v=1%202');
});
