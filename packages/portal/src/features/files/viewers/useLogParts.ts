import { PortholeError } from '@porthole/protocol';
import { useEffect, useState } from 'react';
import { sentenceOf } from '../../../base/api.ts';
import { visibleText } from '../../../base/format.ts';
import type { FilesApi } from '../filesApi.ts';
import { followLog } from './followLog.ts';
import { decodeText, type Encoding, encodingOf } from './textBytes.ts';

/** Read and shown at once, in bytes. */
export const PART = 256 * 1024;
/** Characters that stay while a log is followed. */
const MAX_FOLLOWED = 1024 * 1024;

/** Bytes at the beginning that tell how a text is written. */
const MARK = 2;
/** How often a part is read that changes all the while. */
const MAX_TRIES = 10;

interface Part {
  offset: number;
  end: number;
  size: number;
  text: string;
}

/** What is being read: a part, what is added from somewhere on, or nothing more than is there. */
type Reading = { kind: 'part'; offset: number } | { kind: 'follow'; from: number } | { kind: 'none' };

const NOTHING: Part = { offset: 0, end: 0, size: 0, text: '' };

/** What is shown of a large text that may grow, be cut, or make room for another. `size` is what is known of it at first. */
export function useLogParts(api: FilesApi, path: string, size: number) {
  const [part, setPart] = useState<Part>();
  const [error, setError] = useState<string>();
  /** It was cut or replaced since it was opened. */
  const [restarted, setRestarted] = useState(false);
  const [reading, setReading] = useState<Reading>(() => ({ kind: 'part', offset: Math.max(0, size - PART) }));
  useEffect(() => {
    if (reading.kind === 'none') return;
    const { signal, abort } = abortable();
    const begin = () => {
      setPart(NOTHING);
      setRestarted(true);
    };
    const failed = (reason: unknown) => {
      if (signal.aborted) return;
      // There was so much of it once.
      const isShorter = reason instanceof PortholeError && reason.code === 'file.range';
      if (isShorter) begin();
      else setError(sentenceOf(reason));
      setReading(isShorter && reading.kind === 'part' && reading.offset > 0 ? { kind: 'part', offset: 0 } : NONE);
    };
    setError(undefined);
    const act = reading.kind === 'part' ? readPart : followOn;
    act({ api, path, signal, setPart, begin, at: reading.kind === 'part' ? reading.offset : reading.from }).catch(
      failed,
    );
    return abort;
  }, [api, path, reading]);
  const following = reading.kind === 'follow';
  return {
    part,
    error,
    restarted,
    following,
    show: (offset: number) => {
      setRestarted(false);
      setReading({ kind: 'part', offset });
    },
    follow: () => setReading(following ? NONE : { kind: 'follow', from: part?.end ?? Math.max(0, size - PART) }),
  };
}

const NONE: Reading = { kind: 'none' };

interface Act {
  api: FilesApi;
  path: string;
  signal: AbortSignal;
  /** In bytes. */
  at: number;
  setPart(next: (before: Part | undefined) => Part): void;
  /** It begins anew. */
  begin(): void;
}

async function readPart(act: Act): Promise<void> {
  const { at, signal, setPart } = act;
  const { text, bytes, size } = await whileItGrows(() => partAt(act));
  if (!signal.aborted) setPart(() => ({ offset: at, end: at + bytes, size, text: shown(text) }));
}

async function partAt({ api, path, signal, at }: Act): Promise<{ text: string; bytes: number; size: number }> {
  const [beginning, { bytes, size }] = await Promise.all([
    api.readAll(path, MARK, signal),
    api.read(path, { offset: at, length: PART }, signal),
  ]);
  const encoding = encodingOf(beginning.bytes);
  const { text } = decodeText(bytes.subarray(cutOff(at, encoding)), encoding);
  return { text, bytes: bytes.byteLength, size };
}

/** What is written to just then breaks off what is read of it. */
async function whileItGrows<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (reason) {
      const isWritten = reason instanceof PortholeError && reason.code === 'file.changed';
      if (!isWritten || attempt === MAX_TRIES) throw reason;
    }
  }
}

async function followOn({ api, path, signal, at, setPart, begin }: Act): Promise<void> {
  let from = at;
  let decoder: TextDecoder | undefined;
  await followLog({
    api,
    path,
    from,
    signal,
    told: (bytes, beginning) => {
      const encoding = encodingOf(beginning);
      const skip = decoder ? 0 : cutOff(from, encoding);
      decoder ??= new TextDecoder(encoding);
      const text = shown(decoder.decode(bytes.subarray(skip), { stream: true }));
      setPart((before = { ...NOTHING, offset: at, end: at }) => grown(before, bytes.byteLength, text));
    },
    restarted: () => {
      decoder = undefined;
      from = 0;
      begin();
    },
  });
}

/** Bytes at an offset that belong to the character before it. */
function cutOff(offset: number, encoding: Encoding): number {
  return encoding === 'utf-8' ? 0 : offset % 2;
}

function grown({ offset, end, size, text }: Part, bytes: number, added: string): Part {
  const next = end + bytes;
  return { offset, end: next, size: Math.max(size, next), text: (text + added).slice(-MAX_FOLLOWED) };
}

/** Control and bidirectional characters of a log are made visible; its lines and tabs stay. */
function shown(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/[^\n\t]+/g, (line) => visibleText(line, PART));
}

function abortable(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
