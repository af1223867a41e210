import { BATCH_HEAD, BATCH_JSON, PortholeError, type UploadBatch, uploadBatch } from '@porthole/protocol';
import type { BodyChunks } from '../bodyChunks.ts';

/**
 * Reads what stands before the content of a batch: four bytes that say how long it is (big-endian), then JSON. The chunks go on with the
 * first byte of content. Throws `request.invalid` or `request.too-large`.
 */
export async function readBatch(chunks: BodyChunks): Promise<UploadBatch> {
  const length = (await take(chunks, BATCH_HEAD)).readUInt32BE();
  if (length > BATCH_JSON) throw new PortholeError('request.too-large');
  return parse((await take(chunks, length)).toString('utf8'));
}

async function take(chunks: BodyChunks, bytes: number): Promise<Buffer> {
  let read = Buffer.alloc(0);
  while (read.byteLength < bytes) {
    const chunk = await chunks.next();
    if (!chunk) throw new PortholeError('request.invalid', 'The body broke off.');
    read = Buffer.concat([read, chunk]);
  }
  chunks.giveBack(read.subarray(bytes));
  return read.subarray(0, bytes);
}

function parse(text: string): UploadBatch {
  const parsed = uploadBatch.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.').slice(0, 64) ?? '';
  throw new PortholeError('request.invalid', `'${where}' of the batch is not valid.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PortholeError('request.invalid', 'The batch is not valid JSON.');
  }
}
