import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PortholeError } from '@porthole/protocol';
import { followLog } from './followLog.ts';

type Step = (log: { text: string | undefined }) => void;

/** Follows a log of which something becomes whenever it was told to its end. Resolves to what was shown, `|` at a restart. */
async function followed(text: string, from: number, steps: Step[]): Promise<string> {
  const log: { text: string | undefined } = { text };
  const ending = new AbortController();
  let shown = '';
  const step = () => {
    const next = steps.shift();
    if (next) next(log);
    else ending.abort();
  };
  const bytesOf = () => {
    if (log.text === undefined) throw new PortholeError('file.missing');
    return new TextEncoder().encode(log.text);
  };
  await followLog({
    api: {
      read: async (_path, { offset, length }) => {
        const bytes = bytesOf();
        if (bytes.byteLength === 0) throw new PortholeError('file.range');
        return { bytes: bytes.slice(offset, offset + length), size: bytes.byteLength, etag: undefined };
      },
      follow: async (_path, offset, { told }) => {
        const bytes = bytesOf();
        if (offset > bytes.byteLength) throw new PortholeError('file.range');
        told?.(bytes.slice(offset));
        step();
        throw new PortholeError('channel.closed');
      },
    },
    path: '/log',
    from,
    told: (bytes) => {
      shown += new TextDecoder().decode(bytes);
    },
    restarted: () => {
      shown += '|';
    },
    signal: ending.signal,
    pause: async () => {
      if (log.text === undefined) step();
    },
  });
  return shown;
}

function becomes(text: string | undefined): Step {
  return (log) => {
    log.text = text;
  };
}

test('a log that was cut goes on at its beginning', async () => {
  assert.equal(await followed('old', 1, [becomes('n'), becomes('ne')]), 'ld|ne');
  assert.equal(await followed('old', 3, [becomes(''), becomes('new')]), '|new');
});

test('a log that was replaced goes on at the beginning of the new one, also when that is longer by now', async () => {
  assert.equal(await followed('old', 0, [becomes(undefined), becomes('new and longer')]), 'old|new and longer');
});

test('a log that was empty when it was looked at is known by what came since', async () => {
  const steps = [becomes(''), becomes('short'), becomes('another'), becomes('another')];
  assert.equal(await followed('old', 3, steps), '|short|another');
});

test('a log that was shorter from the first is shown from its beginning', async () => {
  assert.equal(await followed('new', 100, []), '|new');
});

test('a log whose connection broke goes on where it was', async () => {
  assert.equal(await followed('one', 0, [becomes('one two'), becomes('one two three')]), 'one two three');
});

test('a log that stays away is given up', async () => {
  const away = Array.from({ length: 50 }, () => becomes(undefined));
  await assert.rejects(followed('old', 0, away), { code: 'file.missing' });
});
