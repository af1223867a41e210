import { run } from 'node:test';
import { inspect } from 'node:util';
import { ROOT } from '../lib/install.mjs';
import type { Tally } from './tally.ts';

/** Long enough for the slowest file on a busy machine; a file that hangs fails by it. */
const FILE_TIMEOUT_MS = 10 * 60_000;

/** Runs test files, each in a process of its own, `concurrency` at once, and counts what comes of them. */
export async function runTests(files: string[], concurrency: number, tally: Tally): Promise<void> {
  if (files.length === 0) return;
  const stream = run({ files, concurrency, cwd: ROOT, timeout: FILE_TIMEOUT_MS });
  stream.on('test:pass', ({ name, details, skip }) => {
    if (details.type === 'suite') return;
    if (skip) process.stdout.write(`- skipped: ${name}\n`);
    else tally.pass();
  });
  stream.on('test:fail', ({ name, file, details }) => {
    // A suite or file whose tests failed repeats what they said.
    const { failureType } = details.error as { failureType?: string };
    if (failureType === 'subtestsFailed') return;
    tally.fail(file && !name.endsWith('.test.ts') ? `${name} (${relative(file)})` : name, explain(details.error));
  });
  stream.on('test:stderr', ({ message }) => process.stderr.write(message));
  for await (const _ of stream);
}

function relative(file: string): string {
  return file.startsWith(ROOT) ? file.slice(ROOT.length) : file;
}

/** The error that the test threw, without the runner's own wrapping and frames. */
function explain(error: Error): string {
  const cause = error.cause ?? error.message;
  const text =
    cause instanceof Error ? (cause.stack ?? cause.message) : typeof cause === 'string' ? cause : inspect(cause);
  return text
    .split('\n')
    .filter((line) => !/^ +at .*\(?node:internal/.test(line))
    .join('\n');
}
