import type { FilesApi } from './filesApi.ts';
import { saveUrl } from './saveUrl.ts';

/** Lets the browser save a file. It says nothing of a download that is refused, so the device is asked first; rejects with why. */
export async function downloadFile(api: FilesApi, path: string, signal?: AbortSignal): Promise<void> {
  await api.readAll(path, 1, signal);
  saveUrl(api.contentUrl(path, 'download'));
}
