/** A file that is to come into being below a folder. */
export interface TusFile {
  folder: string;
  /** Below the folder, with `/`. */
  name: string;
  size: number;
}

/** Headers that begin an upload by the tus protocol. */
export function tusHeaders({ folder, name, size }: TusFile): Record<string, string> {
  const metadata = Object.entries({ folder, name, conflict: 'replace' });
  return {
    'tus-resumable': '1.0.0',
    'upload-length': String(size),
    'upload-metadata': metadata.map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(','),
  };
}

/** Content by the tus protocol. */
export const TUS_CONTENT = 'application/offset+octet-stream';
/** What makes curl send a file as the whole content of an upload. */
export const TUS_PATCH: readonly string[] = [
  ...['--request', 'PATCH', '--header', 'Tus-Resumable: 1.0.0', '--header', 'Upload-Offset: 0'],
  ...['--header', `Content-Type: ${TUS_CONTENT}`],
];
