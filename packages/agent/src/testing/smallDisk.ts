import { execFileSync } from 'node:child_process';
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
