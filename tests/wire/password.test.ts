import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ApiClient } from '../support/apiClient.ts';
import { House, PASSWORD } from './house.ts';

const NEXT = 'another horse entirely';
const PATH = '/api/session/password';

const house = await House.start();
after(() => house.close());

/** Status and code of an attempt to change it. */
async function change(api: ApiClient, body: { current: string; next: string }): Promise<string> {
  const reply = await api.request('PUT', PATH, { body });
  return reply.status < 300 ? 'done' : `${reply.status} ${reply.json<{ code: string }>().code}`;
}

test('people change their own password, which signs them out everywhere else', async () => {
  const own = await house.signIn('oli');
  const elsewhere = await house.signIn('oli');
  const open = await house.portal('oli');
  const others = await house.signIn('vic');
  const attempts = [
    { current: 'wrong horse battery', next: NEXT },
    { current: PASSWORD, next: 'short' },
    { current: PASSWORD, next: 'ü'.repeat(600) },
  ];
  const refused = [];
  for (const attempt of attempts) refused.push(await change(own, attempt));
  assert.deepEqual(refused, ['403 password.wrong', '400 request.invalid', '400 request.invalid']);
  assert.equal((await elsewhere.request('GET', '/api/session')).status, 200, 'nothing has changed');

  assert.equal(await change(own, { current: PASSWORD, next: NEXT }), 'done');
  assert.equal((await own.request('GET', '/api/session')).status, 200);
  assert.equal((await elsewhere.request('GET', '/api/session')).status, 401);
  assert.equal(await open.closed, 'auth.session-ended');
  assert.equal((await others.request('GET', '/api/session')).status, 200);
  const fresh = house.keep(new ApiClient(house.hub.url));
  await assert.rejects(fresh.signIn('oli', PASSWORD), /401/);
  await fresh.signIn('oli', NEXT);
});

test('a page that was left open is no place to guess at, and nobody else has to wait for that', async () => {
  const left = await house.signIn('vic');
  const guesses: string[] = [];
  for (let guess = 0; guess < 12; guess++)
    guesses.push(await change(left, { current: `a guess number ${guess}`, next: NEXT }));
  assert.deepEqual([guesses[0], guesses.at(-1)], ['403 password.wrong', '429 auth.slow-down']);
  assert.equal(await change(await house.signIn('ann'), { current: 'not that one', next: NEXT }), '403 password.wrong');
  const stranger = house.keep(new ApiClient(house.hub.url));
  assert.equal(await change(stranger, { current: PASSWORD, next: NEXT }), '401 auth.required');
});
