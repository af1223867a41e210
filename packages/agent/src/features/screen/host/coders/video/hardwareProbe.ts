import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./probeMain.ts', import.meta.url));

/** How the encoders are tried. */
export interface ProbeOptions {
  /** Path of the program that tries them. */
  program: string;
  /** How long one encoder may take to show that it works, in ms. */
  trialMs: number;
}

const DEFAULTS: ProbeOptions = { program: PROGRAM, trialMs: 8_000 };

/** What a probe said before it ended: which encoder works, or which ones were not tried because one took it down. */
export interface ProbeResult {
  works: string | undefined;
  untried: string[];
}

/**
 * The first of the named encoders that really codes pictures here; undefined when none does. They are tried in a process of its
 * own: a driver that crashes or hangs takes that one down, and the next encoder is tried in another. Never rejects.
 */
export async function findWorking(names: readonly string[], options = DEFAULTS): Promise<string | undefined> {
  let left = [...names];
  while (left.length > 0) {
    const result = readProbe(left, await runProbe(left, options));
    if (result.works) return result.works;
    left = result.untried;
  }
  return undefined;
}

/** Reads what a probe of `names` said, line by line: "try NAME" before each trial, "works NAME" or "fails NAME" after it. */
export function readProbe(names: readonly string[], said: string): ProbeResult {
  const lines = said.split('\n');
  const works = names.find((name) => lines.includes(`works ${name}`));
  const tried = names.findLastIndex((name) => lines.includes(`try ${name}`));
  // One that did not even begin will not begin the next time either.
  return { works, untried: tried < 0 ? [] : names.slice(tried + 1) };
}

async function runProbe(names: readonly string[], { program, trialMs }: ProbeOptions): Promise<string> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...names], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    return await listen(child, trialMs);
  } catch {
    // Without a second process there is no way to know, and software does.
    return '';
  } finally {
    child.kill('SIGKILL');
  }
}

/** All that the child says until it ends, or is silent for too long. */
async function listen(child: ChildProcess, trialMs: number): Promise<string> {
  let said = '';
  let timer = setTimeout(() => child.kill('SIGKILL'), trialMs);
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    clearTimeout(timer);
    timer = setTimeout(() => child.kill('SIGKILL'), trialMs);
  });
  try {
    await once(child, 'close');
    return said;
  } finally {
    clearTimeout(timer);
  }
}
