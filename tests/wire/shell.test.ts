import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { listProcesses, processTree } from '../support/processes.ts';
import { CliUser } from './cliHouse.ts';
import { House } from './house.ts';
import { PORTHOLE, PtyProgram } from './ptyProgram.ts';

const house = await House.start();
after(() => house.close());
const desk = await house.device('desk');
const oli = await CliUser.signIn(house);
const env = { PORTHOLE_TOKEN_FILE: oli.tokenFile };

/** A shell on the device that is ready to be typed into. */
async function shell(...args: string[]): Promise<PtyProgram> {
  const program = house.keep(new PtyProgram(PORTHOLE, ['shell', 'desk', '--shell', '/bin/sh', ...args], env));
  await ready(program);
  return program;
}

let marks = 0;

/** Types something whose answer is not what was typed, and waits for it. */
async function ready(program: PtyProgram): Promise<void> {
  const mark = ++marks;
  program.type(`echo ready$((${mark} + 1000))\r`);
  await program.shows(new RegExp(`ready${mark + 1000}`));
}

test('a shell there is a terminal here: its size, its keys, its exit status', async () => {
  const program = await shell();
  program.type('stty size\r');
  await program.shows(/30 90/);
  program.resize(101, 33);
  await eventually('it has the size', async () => {
    program.type('stty size\r');
    return await program.shows(/33 101/, 500);
  });
  program.type('sleep 500\r');
  const sleeping = () => listProcesses().some(({ command }) => command === 'sleep 500');
  await eventually('it sleeps', sleeping);
  program.type('\u0003');
  await ready(program);
  assert.equal(sleeping(), false);
  program.type('exit 5\r');
  assert.equal(await program.exited, 5);
});

test('the terminal is as it was, however the shell ends', async () => {
  const script = `stty -a | md5sum; "$0" shell desk --shell /bin/sh; echo "status $?"; stty -a | md5sum`;
  for (const end of ['exit', 'kill', 'leave'] as const) {
    const program = house.keep(new PtyProgram('/bin/sh', ['-c', script, PORTHOLE], env));
    const [, before] = await program.shows(/([0-9a-f]{32})/);
    await ready(program);
    program.type('printf "\\033[?1000h\\033[?2004h"\r');
    if (end === 'exit') program.type('exit 3\r');
    if (end === 'leave') program.type('\r~.');
    if (end === 'kill') {
      const cli = processTree(program.pid).find(({ command }) => /node.*main\.ts shell/.test(command));
      process.kill(cli?.pid ?? 0, 'SIGTERM');
    }
    await program.shows(/\[\?1000l.*\[\?2004l/);
    const [, status] = await program.shows(/status (\d+)/);
    assert.equal(Number(status), { exit: 3, kill: 143, leave: 0 }[end]);
    const [, afterwards] = await program.shows(/([0-9a-f]{32})/);
    assert.equal(afterwards, before, end);
  }
});

test('a session that is left goes on, and is there with its screen when one comes back', async () => {
  const program = await shell('--session', 'work');
  program.type('state=kept\r');
  await ready(program);
  program.type('\r~.');
  const [, session = ''] = await program.shows(/--session (\S+)/);
  assert.equal(await program.exited, 0);
  const again = await shell('--session', 'work');
  again.type('echo is $state\r');
  await again.shows(/is kept/);
  again.type('exit\r');
  assert.equal(await again.exited, 0);
  assert.match(session, /^[\w-]{16}$/);
});

test('kill -9 of the hub, and of the agent’s connection with it, is a pause', async () => {
  const program = await shell();
  program.type('state=kept\r');
  await ready(program);
  house.hub.kill('SIGKILL');
  await program.shows(/connection lost/);
  program.type('lost keys');
  await house.hub.restart();
  await desk.agent.ready();
  await eventually('it is back', async () => {
    program.type('echo is $state\r');
    await program.shows(/is kept/, 500);
    return true;
  });
  program.type('exit 4\r');
  assert.equal(await program.exited, 4);
});

test('what the device would ask the terminal at hand is not asked, and what it wants of it not done', async () => {
  const program = await shell();
  program.shown = '';
  program.type(
    'printf "A\\033[c\\033[6n\\033]52;c;aGk=\\007\\033[5i\\033P+q544e\\033\\\\\\033[21tB%s\\n" $((1 + 1))\r',
  );
  await program.shows(/B2/);
  const hostile = ['[c', '[6n', ']52', '[5i', 'P+q', '[21t'].filter((text) => program.shown.includes(`\u001b${text}`));
  assert.deepEqual(hostile, []);
  // The device itself answers such questions, to whatever reads at that moment.
  program.type('\u0003');
  await program.shows(/\^C\r\n# /);
  await ready(program);
  program.type('exit\r');
  await program.exited;
});

test('a session of that name on a device that is away, or of nobody’s right, is told in one sentence', async () => {
  const vic = await CliUser.signIn(house, 'vic');
  const refused = new PtyProgram(PORTHOLE, ['shell', 'desk'], { PORTHOLE_TOKEN_FILE: vic.tokenFile });
  assert.equal(await house.keep(refused).exited, 1);
  assert.match(refused.shown, /^porthole: [^\n]+\n$/);
  const { code, stderr } = await oli.run(['shell', 'desk']);
  assert.deepEqual([code, stderr], [1, "porthole: A shell needs a terminal; without one use 'porthole exec'.\n"]);
});
