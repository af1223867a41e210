import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './filesClient.ts';

/** Mounts a small drive in memory of its own, which takes root, until the test ends; answers its folder. */
export function smallDisk(t: { after(work: () => unknown): void }, options = 'size=2m'): string {
  // Hooks run in their order, and the folder can go only when nothing is mounted there.
  const later: Array<() => unknown> = [];
  const folder = temporaryFolder({ after: (work) => later.push(work) });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `${options},mode=0700`, 'tmpfs', folder]);
  t.after(() => {
    execFileSync('umount', ['--lazy', folder]);
    for (const work of later) work();
  });
  return folder;
}

/** A drive that takes more than it can keep: what is behind it is full only once content is written through to it. */
export function overcommittedDisk(t: { after(work: () => unknown): void }): string {
  const later: Array<() => unknown> = [];
  const lastFirst = { after: (work: () => unknown) => later.unshift(work) };
  const image = join(smallDisk(lastFirst), 'image');
  const disk = join(temporaryFolder(lastFirst), 'disk');
  mkdirSync(disk);
  writeFileSync(image, '');
  truncateSync(image, 32 * 1024 * 1024);
  // Not every user's path names the folder of such tools.
  execFileSync('/sbin/mkfs.ext4', ['-q', '-O', '^has_journal', '-E', 'lazy_itable_init=1', image]);
  execFileSync('mount', ['-o', 'loop,errors=continue', image, disk]);
  t.after(() => {
    execFileSync('umount', [disk]);
    for (const work of later) work();
  });
  return disk;
}
