import {
  type CONFLICTS,
  type FileEntry,
  type FilePage,
  type FileProperties,
  filePage,
  fileProperties,
  foundEntries,
  type Media,
  media,
  type Outcome,
  outcome,
  type Places,
  PortholeError,
  places,
  preparedArchive,
  progress,
} from '@porthole/protocol';
import { type Api, checked, devicePath, type Schema } from '../../base/api.ts';
import { oneByOne, pathBatches } from './oneByOne.ts';
import { readLines } from './readLines.ts';

/** The longest address that servers and browsers are sure to take. */
const MAX_URL = 7_500;

export type Conflict = (typeof CONFLICTS)[number];
/** How far a change is: entries done, and bytes of them. */
export interface Progress {
  entries: number;
  bytes: number;
}
/** An entry that a search found. */
export type FoundEntry = FileEntry & { path: string };

/** What to watch while something takes its time. */
export interface Following<T> {
  told?: (news: T) => void;
  signal?: AbortSignal;
}

/** Part of a file, with what the whole was at that moment. */
export interface FilePart {
  bytes: Uint8Array;
  /** Of the whole file, in bytes. */
  size: number;
  etag: string | undefined;
}

/** The files of one device at the hub's HTTP routes. Every method rejects with a `PortholeError`. */
export class FilesApi {
  readonly deviceId: string;
  readonly #api: Api;

  constructor(api: Api, deviceId: string) {
    this.#api = api;
    this.deviceId = deviceId;
  }

  places(signal?: AbortSignal): Promise<Places> {
    return this.#ask('/places', {}, places, signal);
  }

  /** One page of a folder; `after` is the `next` of the page before. */
  list(path: string, page: { after?: string | undefined; limit: number }, signal?: AbortSignal): Promise<FilePage> {
    const query = { path, limit: String(page.limit), ...(page.after === undefined ? {} : { after: page.after }) };
    return this.#ask('', query, filePage, signal);
  }

  properties(path: string, signal?: AbortSignal): Promise<FileProperties> {
    return this.#ask('/properties', { path }, fileProperties, signal);
  }

  makeFolder(folder: string, name: string): Promise<FileProperties> {
    return this.#change('/folders', { folder, name });
  }

  rename(path: string, name: string): Promise<FileProperties> {
    return this.#change('/rename', { path, name });
  }

  setMode(path: string, mode: number): Promise<FileProperties> {
    return this.#change('/mode', { path, mode });
  }

  /**
   * To the trash, or `forever`, as many as there are. Some may fail while others are gone: see the outcome, which is also
   * what it resolves to when it is stopped on the way.
   */
  remove(paths: readonly string[], forever: boolean, following: Following<Progress> = {}): Promise<Outcome> {
    const remove = (some: string[], each: Following<Progress>) => this.#job('/remove', { paths: some, forever }, each);
    return oneByOne(pathBatches(paths), remove, following);
  }

  /** Copies or moves inside this device, as many as there are; when it is stopped, resolves to what was done until then. */
  transfer(
    kind: 'copy' | 'move',
    what: { paths: readonly string[]; folder: string; conflict: Conflict },
    following: Following<Progress> = {},
  ): Promise<Outcome> {
    const transfer = (paths: string[], each: Following<Progress>) => this.#job(`/${kind}`, { ...what, paths }, each);
    return oneByOne(pathBatches(what.paths), transfer, following);
  }

  /** The SHA-256 of a file in hex; tells the bytes read so far. */
  async hash(path: string, { told, signal }: Following<number> = {}): Promise<string> {
    const response = await this.#post('/hash', { path }, signal);
    const done = await readLines(response, (item) => {
      if (typeof item === 'number') told?.(item);
    });
    if (typeof done !== 'object' || done === null || !('sha256' in done)) throw new PortholeError('internal');
    return String(done.sha256);
  }

  /** Tells what is found as it is found; resolves to whether there was more than fits. */
  async search(
    asked: { path: string; name: string; hidden: boolean },
    { told, signal }: Following<readonly FoundEntry[]>,
  ): Promise<boolean> {
    const query = new URLSearchParams({ path: asked.path, name: asked.name });
    if (asked.hidden) query.set('hidden', '1');
    const response = await this.#api.request(`${this.#base}/search?${query}`, withSignal(signal));
    const done = await readLines(response, (item) => {
      const found = foundEntries.safeParse(item);
      if (found.success) told?.(found.data);
    });
    return typeof done === 'object' && done !== null && 'truncated' in done && done.truncated === true;
  }

  /** Up to `length` bytes from `offset`; fewer at the end. `file.changed` when the file is no longer the one of `etag`. */
  async read(
    path: string,
    { offset, length, etag }: { offset: number; length: number; etag?: string | undefined },
    signal?: AbortSignal,
  ): Promise<FilePart> {
    const headers: Record<string, string> = { range: `bytes=${offset}-${offset + length - 1}` };
    if (etag !== undefined) headers['if-match'] = etag;
    const response = await this.#api.request(this.contentUrl(path), { headers, ...withSignal(signal) });
    const bytes = await bodyOf(response);
    const whole = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
    const size = response.status === 206 && whole !== undefined ? Number(whole) : bytes.byteLength;
    return { bytes, size, etag: response.headers.get('etag') ?? undefined };
  }

  /** All of a file, but not more than `most` bytes of it. */
  async readAll(path: string, most: number, signal?: AbortSignal): Promise<FilePart> {
    const part = await this.read(path, { offset: 0, length: most }, signal).catch((error: unknown) => {
      // An empty file has no part that could be asked for.
      if (error instanceof PortholeError && error.code === 'file.range') return undefined;
      throw error;
    });
    if (part) return part;
    const response = await this.#api.request(this.contentUrl(path), withSignal(signal));
    const bytes = await bodyOf(response);
    return { bytes, size: bytes.byteLength, etag: response.headers.get('etag') ?? undefined };
  }

  /** Tells what is added to a file from `offset` on, until the signal or the device ends it. */
  async follow(path: string, offset: number, { told, signal }: Following<Uint8Array>): Promise<void> {
    const query = new URLSearchParams({ path, offset: String(offset) });
    const response = await this.#api.request(`${this.#base}/follow?${query}`, withSignal(signal));
    const reader = response.body?.getReader();
    try {
      for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) told?.(piece.value);
    } catch {
      throw new PortholeError('channel.closed');
    }
  }

  /** Replaces a text file whole, if it is still the one of `etag`; `file.changed` otherwise. */
  async save(path: string, bytes: Uint8Array<ArrayBuffer>, etag: string | undefined): Promise<FileProperties> {
    const headers: Record<string, string> = { 'content-type': 'application/octet-stream' };
    if (etag !== undefined) headers['if-match'] = etag;
    const response = await this.#api.request(this.contentUrl(path), { method: 'PUT', headers, body: bytes });
    return await json(response, fileProperties);
  }

  /** As the browser shows it in place when it safely can; `download` saves it, `inline` shows documents in place as well. */
  contentUrl(path: string, as?: 'download' | 'inline'): string {
    const query = new URLSearchParams({ path });
    if (as !== undefined) query.set(as, '1');
    return `${this.#base}/content?${query}`;
  }

  /**
   * Where a zip of everything below the paths is, of which there are `MAX_ARCHIVE_PATHS` at most. An address that names them
   * can be tried again at any time; where it would be too long, one that is good for some minutes.
   */
  async archiveUrl(paths: readonly string[], signal?: AbortSignal): Promise<string> {
    const url = `${this.#base}/archive?${new URLSearchParams(paths.map((path) => ['path', path]))}`;
    if (url.length <= MAX_URL) return url;
    const { id } = await json(await this.#post('/archives', { paths }, signal), preparedArchive);
    return `${this.#base}/archives/${encodeURIComponent(id)}`;
  }

  /** A JPEG of at most `size` pixels; `version` changes with the file, so the browser may keep it. */
  thumbnailUrl(path: string, size: number, version: string): string {
    return `${this.#base}/thumbnail?${new URLSearchParams({ path, size: String(size), v: version })}`;
  }

  /** A picture that the device makes for browsers that lack the format; `version` as above. */
  pictureUrl(path: string, size: number, version: string): string {
    return `${this.#base}/picture?${new URLSearchParams({ path, size: String(size), v: version })}`;
  }

  /** What is in a film or a sound. */
  media(path: string, signal?: AbortSignal): Promise<Media> {
    return this.#ask('/media', { path }, media, signal);
  }

  /** A film or a sound from a time on (in seconds), made while it is read. */
  play(path: string, how: { from: number; video: string; audio: string }, signal: AbortSignal): Promise<Response> {
    const query = new URLSearchParams({ path, from: String(how.from), video: how.video, audio: how.audio });
    return this.#api.request(`${this.#base}/play?${query}`, { signal });
  }

  /** Where many small files are sent at once. */
  get batchesUrl(): string {
    return `${this.#base}/batches`;
  }

  /** Where uploads are created. */
  get uploadsUrl(): string {
    return `${this.#base}/uploads`;
  }

  get #base(): string {
    return `${devicePath(this.deviceId)}/files`;
  }

  async #ask<T>(route: string, query: Record<string, string>, schema: Schema<T>, signal?: AbortSignal): Promise<T> {
    const search = new URLSearchParams(query).toString();
    const url = `${this.#base}${route}${search === '' ? '' : `?${search}`}`;
    return await json(await this.#api.request(url, withSignal(signal)), schema);
  }

  async #change(route: string, body: object): Promise<FileProperties> {
    return await json(await this.#post(route, body), fileProperties);
  }

  async #job(route: string, body: object, { told, signal }: Following<Progress>): Promise<Outcome> {
    const response = await this.#post(route, body, signal);
    const done = await readLines(response, (item) => {
      const news = progress.safeParse(item);
      if (news.success) told?.(news.data);
    });
    return checked(outcome, done);
  }

  #post(route: string, body: object, signal?: AbortSignal): Promise<Response> {
    return this.#api.request(`${this.#base}${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...withSignal(signal),
    });
  }
}

function withSignal(signal: AbortSignal | undefined): RequestInit {
  return signal ? { signal } : {};
}

async function json<T>(response: Response, schema: Schema<T>): Promise<T> {
  return checked(schema, await response.json().catch(() => undefined));
}

/** A body that breaks off is a failure, never a shorter file. */
async function bodyOf(response: Response): Promise<Uint8Array> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new PortholeError('channel.closed');
  }
}
