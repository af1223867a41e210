import { conflict } from '@porthole/protocol';
import * as z from 'zod';
import type { Upload, UploadRecord } from './upload.ts';
import { isOver } from './upload.ts';

/** More than anybody picks again by hand, and well below what a browser keeps. */
const MAX_RECORDS = 1_000;
/** Characters of a reason; one that is longer must not cost all the others. */
const MAX_ERROR = 1_000;

const record = z.object({
  id: z.string().max(64),
  deviceId: z.string().max(64),
  folder: z.string().max(32_767),
  path: z.string().max(32_767),
  size: z.number().nonnegative(),
  modified: z.number(),
  conflict,
  url: z.string().startsWith('/').max(2048).optional(),
  sent: z.number().nonnegative(),
  error: z.string().max(MAX_ERROR).optional(),
});
const records = z.array(record).max(MAX_RECORDS);

/** What a person was uploading when the page went away; nothing when the browser kept nothing that makes sense. */
export function readRecords(storage: Pick<Storage, 'getItem'>, user: string): UploadRecord[] {
  try {
    const parsed = records.safeParse(JSON.parse(storage.getItem(keyOf(user)) ?? '[]'));
    return parsed.success ? parsed.data.map((each) => ({ ...each, url: each.url, error: each.error })) : [];
  } catch {
    return [];
  }
}

/** Keeps what is not over. A browser that has no room for it uploads all the same; returns whether it was kept. */
export function keepRecords(storage: Pick<Storage, 'setItem'>, user: string, uploads: Iterable<Upload>): boolean {
  const kept: UploadRecord[] = [];
  for (const upload of uploads) {
    if (isOver(upload)) continue;
    const { id, deviceId, folder, path, size, modified, conflict: rule, url, sent, error } = upload;
    kept.push({
      id,
      deviceId,
      folder,
      path,
      size,
      modified,
      conflict: rule,
      url,
      sent,
      error: error?.slice(0, MAX_ERROR),
    });
    if (kept.length === MAX_RECORDS) break;
  }
  try {
    storage.setItem(keyOf(user), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

function keyOf(user: string): string {
  return `porthole.uploads.${user}`;
}
