import { errorBody, isErrorCode, PortholeError } from '@porthole/protocol';
import { sentenceFor } from '../../base/sentenceFor.ts';
import { texts } from '../../base/texts.ts';

/** Longer than any line of the hub. */
const MAX_LINE = 8 * 1024 * 1024;

/**
 * Reads an answer of lines, each a JSON object: `{item}` while it goes on, then `{done}` or `{error}`. Resolves to what
 * is done; rejects with a `PortholeError` when the device failed or the answer stops short. `item` hears every item.
 */
export async function readLines(response: Response, item: (json: unknown) => void): Promise<unknown> {
  if (!response.body) throw cutShort();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const lines = (rest + value).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MAX_LINE) throw cutShort();
      for (const line of lines) {
        const end = takeLine(line, item);
        if (end) return end.done;
      }
    }
    const end = takeLine(rest, item);
    if (end) return end.done;
    throw cutShort();
  } catch (error) {
    throw error instanceof PortholeError ? error : cutShort();
  } finally {
    // Nothing more is wanted; that the connection may be gone already is no news.
    reader.cancel().catch(() => undefined);
  }
}

function takeLine(line: string, item: (json: unknown) => void): { done: unknown } | undefined {
  if (line.trim() === '') return undefined;
  const message: unknown = JSON.parse(line);
  if (typeof message !== 'object' || message === null) throw cutShort();
  if ('error' in message) throw toError(message.error);
  if ('done' in message) return { done: message.done };
  if ('item' in message) item(message.item);
  return undefined;
}

function toError(error: unknown): PortholeError {
  const parsed = errorBody.safeParse(error);
  if (!parsed.success || !isErrorCode(parsed.data.code)) return new PortholeError('internal');
  return new PortholeError(parsed.data.code, sentenceFor(parsed.data.code, parsed.data.message));
}

function cutShort(): PortholeError {
  return new PortholeError('internal', texts.files.cutShort);
}
