import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { RunPage } from '@porthole/protocol';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { CliUser, fingerprintOf } from './cliHouse.ts';
import { House, PASSWORD } from './house.ts';
import { PORTHOLE, PtyProgram } from './ptyProgram.ts';

const house = await House.start();
after(() => house.close());

/** `porthole login` in front of a person. */
function login(tokenFile: string): PtyProgram {
  const args = ['login', '--hub', house.hub.url, '--user', 'oli', '--token-file', tokenFile];
  return house.keep(new PtyProgram(PORTHOLE, args, {}));
}

const newFile = () => join(house.keep(new TempDir()).path, 'session.json');

test('a person compares the fingerprint, types the password unseen, and is signed in', async () => {
  const file = newFile();
  const program = login(file);
  await program.shows(new RegExp(await fingerprintOf(house)));
  await program.shows(/Is that right\? \[yes\/no\] /);
  program.type('yes\r');
  await program.shows(/Password of oli: /);
  program.type(`${PASSWORD}x\u007f\r`);
  const [told] = await program.shows(/.*Signed in to \S+ as oli\./s);
  assert.ok(!told.includes('horse'), 'the password is not shown');
  assert.equal(await program.exited, 0);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.ok(!readFileSync(file, 'utf8').includes('horse'), 'the password is not kept');
});

test('whoever does not know the fingerprint, or breaks off, is not signed in', async () => {
  for (const keys of [['no\r'], ['yes\r', '\u0003']]) {
    const file = newFile();
    const program = login(file);
    for (const key of keys) {
      await program.shows(/\[yes\/no\] |Password of oli: /);
      program.type(key);
    }
    await program.shows(/Nobody was signed in\./);
    assert.notEqual(await program.exited, 0);
    assert.equal(existsSync(file), false);
  }
});

test('a command whose `porthole exec` was killed goes on, and what it wrote is kept', async () => {
  await house.device('desk');
  const oli = await CliUser.signIn(house);
  // More than may wait for a reader, so that without one it would stand still for ever.
  const script = 'echo begun; read -r line < "$0"; head -c 3000000 /dev/zero | tr "\\0" x; echo over';
  const gate = join(house.keep(new TempDir()).path, 'gate');
  const program = oli.start(['exec', 'desk', '--', 'sh', '-c', `mkfifo "$0"; ${script}`, gate]);
  await program.printed(/begun/);
  program.kill('SIGKILL');
  await program.exited;
  const api = await house.signIn('oli');
  await eventually('it goes on', () => existsSync(gate));
  const opener = oli.start(['exec', 'desk', '--', 'sh', '-c', 'echo go > "$0"', gate]);
  assert.equal((await opener.exited).code, 0);
  const killed = await eventually('it is over', async () => {
    const { runs } = await api.get<RunPage>('/api/runs');
    return runs.find(({ what, endedAt }) => JSON.stringify(what).includes('mkfifo') && endedAt !== undefined);
  });
  assert.deepEqual([killed.counts.done, killed.unsuccessful], [1, 0]);
});
