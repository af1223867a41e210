import { isErrorCode, PortholeError } from '@porthole/protocol';
import { DetailedError, Upload as TusUpload } from 'tus-js-client';
import { toError } from '../../../base/api.ts';
import { texts } from '../../../base/texts.ts';
import type { Upload } from './upload.ts';

/** What a file on its way tells. */
export interface SendEvents {
  /** Where it goes on, should it stop. */
  url(url: string): void;
  /** Bytes that are with the hub. */
  sent(bytes: number): void;
}

/** Something under way that can be stopped; what has arrived stays on the device. */
export interface Sending {
  /** Resolves to whether the device skipped it; rejects with a `PortholeError`. */
  readonly finished: Promise<'done' | 'skipped'>;
  stop(): void;
}

/** Smaller files go together with the question, in one request. */
const IN_ONE = 512 * 1024;

/** Sends a file to `endpoint`, or goes on with it at its own address, by the tus protocol. */
export function sendFile(upload: Upload, file: File, endpoint: string, { events, sha256 }: SendOptions): Sending {
  const finished = Promise.withResolvers<'done' | 'skipped'>();
  const metadata: Record<string, string> = {
    folder: upload.folder.toWellFormed(),
    name: upload.path.toWellFormed(),
    modified: String(upload.modified),
    conflict: upload.conflict,
  };
  if (sha256 !== undefined) metadata.sha256 = sha256;
  let skipped = false;
  const tus = new TusUpload(file, {
    endpoint,
    ...(upload.url === undefined ? {} : { uploadUrl: upload.url }),
    metadata,
    uploadDataDuringCreation: file.size <= IN_ONE,
    storeFingerprintForResuming: false,
    // The list itself tries again, for as long as it takes.
    retryDelays: [],
    onUploadUrlAvailable: () => {
      if (tus.url) events.url(new URL(tus.url, location.href).pathname);
    },
    onProgress: (sent) => events.sent(sent),
    onAfterResponse: (_request, response) => {
      skipped ||= response.getHeader('Porthole-Upload-State') === 'skipped';
    },
    onSuccess: () => finished.resolve(skipped ? 'skipped' : 'done'),
    onError: (error) => finished.reject(toPortholeError(error)),
  });
  tus.start();
  return {
    finished: finished.promise,
    stop: () => void tus.abort().catch(() => undefined),
  };
}

interface SendOptions {
  events: SendEvents;
  /** For `same`: what the whole hashes to. */
  sha256: string | undefined;
}

/** Whether trying again may help: the way was broken, not the wish. */
export function mayPass({ code, status }: PortholeError): boolean {
  const passing = [
    'device.offline',
    'device.timeout',
    'channel.closed',
    'channel.limit',
    'upload.busy',
    'upload.offset',
  ];
  return passing.includes(code) || (code === 'internal' && status >= 500);
}

function toPortholeError(error: unknown): PortholeError {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (!response || response.getStatus() === 0) return new PortholeError('channel.closed', texts.link.unreachable);
  const body = parse(response.getBody());
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return isErrorCode(code) ? toError(response.getStatus(), body) : toError(response.getStatus(), undefined);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
