import * as z from 'zod';
import { PortholeError } from '../errors.ts';
import {
  conflict,
  FILE_OPERATIONS,
  filePath,
  MAX_PAGE,
  MAX_PATHS,
  MAX_PICTURE,
  PLAY_AUDIO,
  PLAY_VIDEO,
  type UploadBatch,
} from '../features/files.ts';
import { utf8 } from '../wire/bytes.ts';
import { deviceId } from '../wire/common.ts';

/** Where the files of a device are, below its own path; see `PATHS.devices`. */
export const FILES_PATH = 'files';

const number = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** Queries of the HTTP interface. Every one names an absolute path on the device. */
export const pathQuery = z.strictObject({ path: filePath });
export const listQuery = z.strictObject({
  path: filePath,
  after: z.string().max(1024).optional(),
  limit: number(1, MAX_PAGE).optional(),
});
export const contentQuery = z.strictObject({
  path: filePath,
  /** As an attachment, whatever it is. */
  download: z.literal('1').optional(),
  /** Shown in place though it is a document, such as a PDF; never with scripts of its own. */
  inline: z.literal('1').optional(),
  /** Changes with the content, so that browsers ask again; of no meaning to the hub. */
  v: z.string().max(128).optional(),
});
export const saveQuery = z.strictObject({ path: filePath });
/** From `offset` to the end, and on as the file grows. */
export const followQuery = z.strictObject({ path: filePath, offset: number(0, Number.MAX_SAFE_INTEGER).optional() });
export const archiveNamed = z.strictObject({
  /** What the browser saves it as, without its ending. */
  name: z.string().min(1).max(200).optional(),
});
/** One path or many. */
export const archiveQuery = archiveNamed.extend({
  path: z.union([filePath.transform((path) => [path]), z.array(filePath).min(1).max(MAX_PATHS)]),
});
export const searchQuery = z.strictObject({
  path: filePath,
  name: z.string().min(1).max(255),
  limit: number(1, 100_000).optional(),
  hidden: z.literal('1').optional(),
});
export const thumbnailQuery = z.strictObject({
  path: filePath,
  size: number(32, 1024),
  /** The etag of the file: the picture may then be kept for ever. */
  v: z.string().max(128).optional(),
});

export const pictureQuery = z.strictObject({
  path: filePath,
  size: number(32, MAX_PICTURE),
  /** As for `thumbnailQuery`. */
  v: z.string().max(128).optional(),
});
export const playQuery = z.strictObject({
  path: filePath,
  /** Seconds. */
  from: z.coerce.number().min(0).max(1e8).optional(),
  video: z.enum(PLAY_VIDEO),
  audio: z.enum(PLAY_AUDIO),
});

/** Bodies: what the device is asked, as it is. */
export const hashBody = FILE_OPERATIONS.hash.ask;
export const folderBody = FILE_OPERATIONS.makeFolder.ask;
export const renameBody = FILE_OPERATIONS.rename.ask;
export const removeBody = FILE_OPERATIONS.remove.ask;
export const copyBody = FILE_OPERATIONS.copy.ask;
export const archiveBody = FILE_OPERATIONS.archive.ask;
export const modeBody = FILE_OPERATIONS.setMode.ask;

/** By which a prepared zip is found. */
export const preparedArchive = z.strictObject({ id: z.string() });

/** Media type of many small files in one body: four bytes that say how long the JSON is (big-endian), an `uploadBatch` as JSON, the content. */
export const BATCH_TYPE = 'application/vnd.porthole.batch';
/** Bytes before that JSON. */
export const BATCH_HEAD = 4;
/** Bytes of that JSON at most. */
export const BATCH_JSON = 240 * 1024;

/** What stands before the content. Throws `request.too-large` for more than may. */
export function batchHead(batch: UploadBatch): Uint8Array<ArrayBuffer> {
  const json = utf8(JSON.stringify(batch));
  if (json.byteLength > BATCH_JSON) throw new PortholeError('request.too-large');
  const head = new Uint8Array(BATCH_HEAD + json.byteLength);
  new DataView(head.buffer).setUint32(0, json.byteLength);
  head.set(json, BATCH_HEAD);
  return head;
}

/**
 * One line of an answer that takes its time (`application/x-ndjson`): what came so far, and at the end either the result or
 * what went wrong. An answer that ends without one of the two was cut off.
 */
export const fileLine = z.union([
  z.strictObject({ item: z.unknown() }),
  z.strictObject({ done: z.unknown() }),
  z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) }),
]);
export type FileLine = z.infer<typeof fileLine>;

/** Copy from one device to another. */
export const createTransfer = z.strictObject({
  from: z.strictObject({ device: deviceId, paths: z.array(filePath).min(1).max(MAX_PATHS) }),
  to: z.strictObject({ device: deviceId, folder: filePath }),
  conflict,
});
export type CreateTransfer = z.infer<typeof createTransfer>;

export const TRANSFER_STATES = ['running', 'paused', 'done', 'failed', 'cancelled'] as const;
export const transferState = z.enum(TRANSFER_STATES);
export type TransferState = z.infer<typeof transferState>;

/** A copy from one device to another, as the hub does it. Bytes and entries are those that arrived. */
export const transfer = z.strictObject({
  id: z.string(),
  user: z.string(),
  from: z.strictObject({ device: deviceId, paths: z.array(filePath) }),
  to: z.strictObject({ device: deviceId, folder: filePath }),
  conflict,
  state: transferState,
  bytes: z.number(),
  entries: z.number().int(),
  /** Known once the source was walked through. */
  totalBytes: z.number().optional(),
  totalEntries: z.number().int().optional(),
  /** The file under way. */
  current: z.string().optional(),
  /** Why it failed, or what it waits for while it runs: a code of the catalogue. */
  error: z.string().optional(),
  /** What could not be copied: the first 1,000. */
  failed: z.array(z.strictObject({ path: z.string(), error: z.string() })),
  /** ms since 1970. */
  created: z.number(),
});
export type Transfer = z.infer<typeof transfer>;
export const transfers = z.strictObject({ transfers: z.array(transfer) });
