import type { Readable } from 'node:stream';
import { PortholeError } from '@porthole/protocol';
import { BodyChunks } from './bodyChunks.ts';
import type { FileChannel } from './fileChannel.ts';
import type { Pace } from './pacing/pace.ts';

export interface BodyBounds {
  /** Bytes that may come. */
  limit: number;
  /** What holds it back for the sake of more urgent things on the same line: what is not read here, the sender keeps. */
  pace?: Pace | undefined;
}

/**
 * Passes a request's body on to the device, at the device's pace: the network is read only while the device has room.
 * Ends early when the device has answered. Returns the bytes. Throws `request.too-large` beyond `limit`, `request.invalid` for a body that broke off, or the reason
 * why the channel ended. What was not read then is thrown away, so that the answer can still be sent.
 */
export async function sendBody(body: Readable, channel: FileChannel, bounds: BodyBounds): Promise<number> {
  const chunks = new BodyChunks(body);
  try {
    return await sendChunks(chunks, channel, bounds);
  } finally {
    chunks.close();
  }
}

/** The same for what is left of a body that was begun to be read; its owner closes it. */
export async function sendChunks(
  chunks: BodyChunks,
  channel: FileChannel,
  { limit, pace }: BodyBounds,
): Promise<number> {
  chunks.endWith(channel.answered);
  let sent = 0;
  for (let chunk = await chunks.next(); chunk; chunk = await chunks.next()) {
    sent += chunk.byteLength;
    if (sent > limit) throw new PortholeError('request.too-large');
    for (let left = chunk.byteLength; pace && left > 0; ) left -= await pace.take(left);
    await channel.sendBytes(chunk);
  }
  return sent;
}
