import { type BatchResults, type FileAsk, PortholeError } from '@porthole/protocol';
import type { Exchange } from '../exchange.ts';
import { Batch, type TakingMany } from './batch.ts';

/**
 * Takes many small files that come one behind the other. Nothing is begun before all have come, and before an earlier try to send
 * the same files is over, broken off or not. Throws `message.invalid` when they are not as long as promised; what goes wrong with
 * one of them is its result.
 */
export async function takeMany(
  taking: TakingMany,
  { folder, files }: FileAsk<'takeMany'>,
  exchange: Exchange,
): Promise<BatchResults> {
  let offset = 0;
  const arrived = files.map((file, at) => {
    const start = offset;
    offset += file.size;
    return { at, file, offset: start };
  });
  const content = await receive(exchange, offset);
  const release = await taking.taken.hold(files);
  const batch = new Batch(taking, { folder, content, signal: exchange.signal });
  try {
    exchange.signal.throwIfAborted();
    return { results: await batch.take(arrived) };
  } finally {
    await batch.close().finally(release);
  }
}

/** All of the content in one piece. Throws `message.invalid`. */
async function receive(exchange: Exchange, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const content = new Uint8Array(size);
  let at = 0;
  for await (const piece of exchange.content()) {
    if (at + piece.byteLength > size) throw new PortholeError('message.invalid');
    content.set(piece, at);
    at += piece.byteLength;
  }
  if (at < size) throw new PortholeError('message.invalid');
  return content;
}
