import { run } from 'node:test';
import { errorText } from '../lib/errorText.ts';
import { ROOT } from '../lib/install.mjs';
import type { Tally } from './tally.ts';

export interface RunOptions {
  /** Files at once. */
  concurrency: number;
  /** A file that takes longer fails: it hangs. */
  minutes: number;
}

/** Runs test files, each in a process of its own, and counts what comes of them. */
export async function runTests(files: string[], { concurrency, minutes }: RunOptions, tally: Tally): Promise<void> {
  if (files.length === 0) return;
  const stream = run({ files, concurrency, cwd: ROOT, timeout: minutes * 60_000 });
  stream.on('test:pass', ({ name, details, skip }) => {
    if (details.type === 'suite') return;
    if (skip) process.stdout.write(`- skipped: ${name}\n`);
    else tally.pass();
  });
  stream.on('test:fail', ({ name, file, details }) => {
    // A suite or file whose tests failed repeats what they said.
    const { failureType } = details.error as { failureType?: string };
    if (failureType === 'subtestsFailed') return;
    tally.fail(
      file && !name.endsWith('.test.ts') ? `${name} (${relative(file)})` : name,
      errorText(details.error.cause ?? details.error.message),
    );
  });
  stream.on('test:stderr', ({ message }) => process.stderr.write(message));
  for await (const _ of stream);
}

function relative(file: string): string {
  return file.startsWith(ROOT) ? file.slice(ROOT.length) : file;
}
