import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Device } from '@porthole/protocol';
import { ApiClient } from '../../tests/support/apiClient.ts';
import { eventually } from '../../tests/support/eventually.ts';
import { freePort } from '../../tests/support/freePort.ts';
import { listProcesses } from '../../tests/support/processes.ts';
import { Program } from '../../tests/support/program.ts';
import { TempDir } from '../../tests/support/tempDir.ts';
import { ROOT } from '../lib/install.mjs';

const NO_DISPLAY = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined, npm_lifecycle_event: undefined };

async function start(data: TempDir): Promise<Program> {
  const args = ['--data', data.path, '--listen', `127.0.0.1:${await freePort()}`];
  return new Program(process.execPath, [join(ROOT, 'scripts', 'start.mjs'), ...args], { env: NO_DISPLAY });
}

/** Everything that was started for this data folder and still runs. */
function partsOf(data: TempDir): string[] {
  return listProcesses().flatMap(({ command }) => (command.includes(data.path) ? command : []));
}

/** Makes the first admin with the code on the screen and waits for this machine to show. */
async function setUp(program: Program): Promise<Device> {
  const [, url = ''] = await program.printed(/^Porthole is ready: (\S+)$/m, 60_000);
  const [, code = ''] = await program.printed(/^Setup code: (\S+)$/m);
  using api = new ApiClient(url);
  await api.post('/api/setup', { code, username: 'ann', password: 'correct horse battery' });
  return await eventually('this machine is online', async () => {
    const devices = await api.get<Device[]>('/api/devices');
    return devices.find(({ online }) => online);
  });
}

test('without a display there is a virtual one, and ending it ends everything', async () => {
  using data = new TempDir();
  await using program = await start(data);
  assert.equal((await setUp(program)).online, true);
  assert.match(program.stderr, /virtual desktop/);
  assert.ok(partsOf(data).some((command) => command.startsWith('Xvfb ')));
  program.kill('SIGTERM');
  assert.deepEqual(await program.exited, { code: 0, signal: null });
  assert.deepEqual(partsOf(data), []);
});

test('killed the hard way it leaves nothing behind, and starts again without a new token', async () => {
  using data = new TempDir();
  const first = await start(data);
  await setUp(first);
  first.kill('SIGKILL');
  await first.exited;
  await eventually('all parts are gone', () => partsOf(data).length === 0);
  await using second = await start(data);
  await second.printed(/^Porthole is ready: /m, 60_000);
  await eventually('the agent runs', () => partsOf(data).some((command) => / agent --hub /.test(command)));
});

test('a hub that is killed comes back', async () => {
  using data = new TempDir();
  await using program = await start(data);
  await setUp(program);
  const hubOf = () => listProcesses().find(({ command }) => command.includes(` hub --data ${data.path} `));
  const killed = hubOf();
  process.kill(killed?.pid ?? 0, 'SIGKILL');
  await eventually('another hub runs', () => (hubOf()?.pid ?? killed?.pid) !== killed?.pid);
  await eventually('it says so', () => program.stdout.match(/Porthole is ready/g)?.length === 2);
});

test('a wrong option is told in a sentence', async () => {
  await using program = new Program(process.execPath, [join(ROOT, 'scripts', 'start.mjs'), '--lissten', 'x']);
  assert.equal((await program.exited).code, 1);
  assert.match(program.stderr, /Unknown option '--lissten'[\s\S]*Usage: npm start/);
});
