import { BATCH_TYPE, type BatchResult, batchHead, batchResults, PortholeError } from '@porthole/protocol';
import { type Api, checked } from '../../../base/api.ts';
import { FilesApi } from '../filesApi.ts';
import type { BatchedFile } from './batcher.ts';

/** Sends small files that go to one folder of one device in one request; what became of each, in their order. */
export async function sendBatch(
  api: Api,
  files: readonly BatchedFile[],
  signal: AbortSignal,
): Promise<readonly BatchResult[]> {
  const { deviceId, folder } = files[0]?.upload ?? {};
  if (deviceId === undefined || folder === undefined) return [];
  const head = batchHead({
    folder: folder.toWellFormed(),
    files: files.map(({ upload: { id, path, modified, conflict }, file }) => {
      return { id, name: path.toWellFormed(), size: file.size, modified, conflict };
    }),
  });
  const body = new Blob([head, ...files.map(({ file }) => file)]);
  const init: RequestInit = { method: 'POST', body, signal, headers: { 'content-type': BATCH_TYPE } };
  const answer = await api.request(new FilesApi(api, deviceId).batchesUrl, init);
  const json: unknown = await answer.json().catch(() => undefined);
  if (json === undefined) throw new PortholeError('channel.closed');
  return checked(batchResults, json).results;
}
