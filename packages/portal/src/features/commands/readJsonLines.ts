import { PortholeError } from '@porthole/protocol';

/** Longer than any line of the hub, in characters. */
const LONGEST = 2 * 1024 * 1024;

/**
 * Tells each line of an answer, which is JSON, as it comes; resolves at its end. What `told` throws ends the reading.
 * Rejects with `channel.closed` when the connection breaks off, and `internal` on what is no JSON.
 */
export async function readJsonLines(response: Response, told: (json: unknown) => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (let part = await next(reader); part !== undefined; part = await next(reader)) {
      const lines = (rest + part).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST) throw new PortholeError('internal');
      for (const line of lines) if (line !== '') told(parse(line));
    }
    if (rest !== '') told(parse(rest));
  } finally {
    // Nothing more is wanted; that the connection may be gone already is no news.
    reader?.cancel().catch(() => undefined);
  }
}

async function next(reader: ReadableStreamDefaultReader<string> | undefined): Promise<string | undefined> {
  try {
    return (await reader?.read())?.value;
  } catch {
    throw new PortholeError('channel.closed');
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new PortholeError('internal');
  }
}
