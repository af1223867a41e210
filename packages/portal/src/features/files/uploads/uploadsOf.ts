import type { Connection } from '../../../base/connection.ts';
import { FilesApi } from '../filesApi.ts';
import { Batcher } from './batcher.ts';
import { sendBatch } from './sendBatch.ts';
import { mayPass, sendFile } from './sendFile.ts';
import { hashFile } from './sha256.ts';
import { isSmall } from './upload.ts';
import { keepRecords, readRecords } from './uploadRecords.ts';
import { Uploads } from './uploads.ts';

const all = new WeakMap<Connection, Uploads>();

/** The uploads of a signed-in session; one list for the page, whatever is looked at. */
export function uploadsOf(connection: Connection): Uploads {
  const known = all.get(connection);
  if (known) return known;
  const uploads = create(connection);
  all.set(connection, uploads);
  connection.onClosed(() => uploads.close());
  return uploads;
}

function create({ api, session }: Connection): Uploads {
  const { username } = session;
  const batcher = new Batcher((files, signal) => sendBatch(api, files, signal));
  return new Uploads({
    send: (upload, file, options) =>
      isSmall(upload)
        ? batcher.send(upload, file, options.events)
        : sendFile(upload, file, new FilesApi(api, upload.deviceId).uploadsUrl, options),
    mayPass,
    hash: hashFile,
    discard: async (url) => {
      await api.request(url, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } });
    },
    kept: readRecords(localStorage, username),
    keep: (uploads) => keepRecords(localStorage, username, uploads),
  });
}
