import { MAX_RUN_INPUT } from '@porthole/protocol';
import { Failure } from '../remote/failure.ts';

/** All of a stream as text, which is what a run hands to its commands. Throws `Failure` for too much, or no UTF-8. */
export async function readInput(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.byteLength;
    if (size > MAX_RUN_INPUT) {
      throw new Failure(`Standard input is too long: a run hands over ${MAX_RUN_INPUT / 1024} KiB at most.`);
    }
    parts.push(part);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts));
  } catch {
    throw new Failure('Standard input is no UTF-8 text.');
  }
}
