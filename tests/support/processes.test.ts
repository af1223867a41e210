import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { eventually } from './eventually.ts';
import { groupMembers, processTree } from './processes.ts';

test('a process tree holds the children of children, and a group those who were left behind', async () => {
  const shell = spawn('sh', ['-c', 'sh -c "sleep 1000; :"; :'], { detached: true, stdio: 'ignore' });
  const pid = shell.pid ?? 0;
  await eventually('the sleep runs', () => processTree(pid).some(({ command }) => command === 'sleep 1000'));
  shell.kill('SIGKILL');
  await once(shell, 'exit');
  assert.deepEqual(processTree(pid), []);
  assert.ok(groupMembers(pid).some(({ command }) => command === 'sleep 1000'));
  process.kill(-pid, 'SIGKILL');
  await eventually('the group is gone', () => groupMembers(pid).length === 0);
});
