import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './filesClient.ts';

/** A folder that holds folders in each other, all of that name, deeper than any path reaches. It goes when the test ends. */
export function deepFolder(t: { after(work: () => unknown): void }, name: string, levels: number): string {
  // Hooks run in their order, and what goes by its path cannot go before what has none.
  const later: Array<() => unknown> = [];
  const folder = temporaryFolder({ after: (work) => later.push(work) });
  t.after(() => {
    execFileSync('rm', ['-rf', join(folder, name)]);
    for (const work of later) work();
  });
  let held = openSync(folder, 'r');
  for (let level = 0; level < levels; level++) {
    mkdirSync(`/proc/self/fd/${held}/${name}`);
    const below = openSync(`/proc/self/fd/${held}/${name}`, 'r');
    closeSync(held);
    held = below;
  }
  closeSync(held);
  return folder;
}
