import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Spaces } from '../features/stats/backends/linux/spaces.ts';

/**
 * A program of its own, to be run in a namespace of mounts of its own: mounts a drive that never answers, asks for the room on all
 * drives four times at once, and prints what it heard, and whether files could still be read meanwhile.
 */
const folder = mkdtempSync(join(tmpdir(), 'porthole-dead-'));
const device = openSync('/dev/fuse', 'r+');
const options = 'fd=3,rootmode=40000,user_id=0,group_id=0';
const mounted = spawnSync('mount', ['-i', '-t', 'fuse', '-o', options, 'dead', folder], {
  stdio: ['ignore', 'inherit', 'inherit', device],
});
const spaces = new Spaces();
const looks = Promise.all(Array.from({ length: 4 }, () => spaces.read()));
const isAlive = (await readFile('/proc/self/stat')).length > 0;
const drives = (await looks).map((look) => look.map(({ mount }) => mount));
const later = (await spaces.read()).map(({ mount }) => mount);
process.stdout.write(JSON.stringify({ isMounted: mounted.status === 0, folder, drives, later, isAlive }));
closeSync(device);
spawnSync('umount', ['-l', folder]);
rmdirSync(folder);
