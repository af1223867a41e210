import type { Connection } from '../../../base/connection.ts';
import { FilesApi } from '../filesApi.ts';
import { mayPass, sendFile } from './sendFile.ts';
import { hashFile } from './sha256.ts';
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
  return new Uploads({
    send: (upload, file, options) => sendFile(upload, file, new FilesApi(api, upload.deviceId).uploadsUrl, options),
    mayPass,
    hash: hashFile,
    discard: async (url) => {
      await api.request(url, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } });
    },
    kept: readRecords(localStorage, username),
    keep: (uploads) => keepRecords(localStorage, username, uploads),
  });
}
