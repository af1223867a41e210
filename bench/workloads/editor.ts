import { realProgram } from './realProgram.ts';
import { lineOf } from './text.ts';

/** A text editor of the desktop that scrolls through a long file. */
export const editor = realProgram({
  id: 'editor',
  name: 'editor scrolling',
  file: 'mousepad',
  document: { name: 'build.log', content: Array.from({ length: 4000 }, (_, line) => lineOf(line)).join('\n') },
  args: ({ document }) => ['--disable-server', document],
});
