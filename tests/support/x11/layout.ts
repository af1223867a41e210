import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Gives a display other keyboard layouts, such as 'de' or 'us,ru'. */
export async function setLayout(display: string, layout: string): Promise<void> {
  await promisify(execFile)('setxkbmap', ['-display', display, '-layout', layout]);
}
