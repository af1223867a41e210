import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { UsageError } from './failure.ts';

/** Far beyond any password; stops when something else was piped in. */
const MAX_SECRET = 8192;

/** True when a person can be asked. */
export function isTerminal(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks a question that is answered with yes or no; everything but yes is no. */
export async function agreesTo(question: string): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await reader.question(`${question} [yes/no] `)).trim());
  } finally {
    reader.close();
  }
}

/** One line of the standard input, without its end. Throws `UsageError` when there is none. */
export async function readPiped(): Promise<string> {
  const line = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (line === '' || line.length > MAX_SECRET) throw new UsageError('No password came on standard input.');
  return line;
}

/** Asks for a password without showing it. Rejects when it is broken off. */
export async function askSecret(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true).setEncoding('utf8').resume();
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = '';
      stdin.on('data', (keys: string) => {
        for (const key of keys) {
          if (key === '\r' || key === '\n') return resolve(typed);
          if (key === '\u0003' || key === '\u0004') return reject(new UsageError('Nobody was signed in.'));
          typed = key === '\u007f' || key === '\b' ? typed.slice(0, -1) : (typed + key).slice(0, MAX_SECRET);
        }
      });
    });
  } finally {
    stdin.removeAllListeners('data').setRawMode(false).pause();
    stderr.write('\n');
  }
}
