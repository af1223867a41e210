import type { IncomingHttpHeaders } from 'node:http';
import { conflict, FILE_OPERATIONS, fileTime, PortholeError } from '@porthole/protocol';
import * as z from 'zod';

/** What of the tus protocol is spoken here; see its text at https://tus.io/protocols/resumable-upload. */
export const TUS = { version: '1.0.0', extensions: 'creation,creation-with-upload,expiration,termination' } as const;
export const TUS_BODY = 'application/offset+octet-stream';
/** Metadata of one upload at most; it is kept as it was sent. */
const MAX_METADATA = 12 * 1024;
const { folder, name } = FILE_OPERATIONS.begin.ask.shape;

const wish = z.object({
  folder,
  name,
  modified: z.coerce.number().pipe(fileTime).optional(),
  conflict: conflict.default('fail'),
  sha256: FILE_OPERATIONS.begin.ask.shape.sha256,
});

/** What somebody wants to upload, and where to. */
export type UploadWish = z.infer<typeof wish> & { size: number; metadata: string };

/** Throws `upload.version` when the other side means another protocol. */
export function checkVersion(headers: IncomingHttpHeaders): void {
  if (headers['tus-resumable'] !== TUS.version) throw new PortholeError('upload.version');
}

/** Reads the headers of a creation. Throws `request.invalid`. */
export function readWish(headers: IncomingHttpHeaders): UploadWish {
  const metadata = headers['upload-metadata']?.toString() ?? '';
  if (metadata.length > MAX_METADATA) throw new PortholeError('request.invalid', 'The metadata is too long.');
  const parsed = wish.safeParse(Object.fromEntries(readMetadata(metadata)));
  if (!parsed.success) {
    const part = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new PortholeError('request.invalid', `'${part}' of the metadata is not valid.`);
  }
  return { ...parsed.data, metadata, size: readCount(headers['upload-length'], 'Upload-Length') };
}

/** Where a part begins. Throws `request.invalid`. */
export function readOffset(headers: IncomingHttpHeaders): number {
  return readCount(headers['upload-offset'], 'Upload-Offset');
}

/** Pairs of a key and its value in base64, separated by commas; a key may stand alone. Throws `request.invalid`. */
export function readMetadata(header: string): Map<string, string> {
  const pairs = header.split(',').filter((pair) => pair.trim() !== '');
  return new Map(pairs.map((pair) => readPair(pair.trim())));
}

function readPair(pair: string): [string, string] {
  const [key = '', value = '', ...rest] = pair.split(' ');
  const bytes = Buffer.from(value, 'base64');
  if (rest.length > 0 || bytes.toString('base64').replace(/=+$/, '') !== value.replace(/=+$/, ''))
    throw new PortholeError('request.invalid', 'The metadata is not valid.');
  return [key, bytes.toString('utf8')];
}

function readCount(header: string | string[] | undefined, name: string): number {
  const count = /^\d{1,16}$/.test(String(header)) ? Number(header) : Number.NaN;
  if (!Number.isSafeInteger(count)) throw new PortholeError('request.invalid', `${name} is not valid.`);
  return count;
}
