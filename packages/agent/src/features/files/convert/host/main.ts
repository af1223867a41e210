import { readFileSync, writeSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { loadAv } from '../../thumbnails/host/av.ts';
import { type ConvertTask, UNSUPPORTED } from './convertMessages.ts';
import { convertPicture } from './convertPicture.ts';
import { describeMedia } from './describeMedia.ts';
import { playMedia } from './playMedia.ts';

const STDOUT = 1;

/**
 * A converter: one hostile file, decoded in a process of its own. Everything it does blocks, and so waits while nobody takes
 * what it writes; when nobody ever will, writing fails and it ends.
 */
const [task, av] = [JSON.parse(readFileSync(0, 'utf8')) as ConvertTask, await loadAv()];
let hasBegun = false;
try {
  // Whoever looks at the screen meanwhile comes first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  run(task);
} catch {
  process.exitCode = hasBegun ? 1 : UNSUPPORTED;
}

function run(asked: ConvertTask): void {
  if (asked.kind === 'media') return say(describeMedia(av, asked.path));
  if (asked.kind === 'play') return playMedia(av, asked, say);
  const { type, bytes } = convertPicture(av, asked.path, asked.size);
  say({ type });
  write(bytes);
}

function say(json: object): void {
  write(Buffer.from(`${JSON.stringify(json)}\n`));
  hasBegun = true;
}

function write(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.byteLength; ) at += writeSync(STDOUT, bytes, at);
}
