import { BATCH_BYTES, type BatchResult, isErrorCode, MAX_BATCH, PortholeError } from '@porthole/protocol';
import type { SendEvents, Sending } from './sendFile.ts';
import type { Upload } from './upload.ts';

/** A small file and who waits for it. */
export interface BatchedFile {
  upload: Upload;
  file: File;
}

/** Sends files that go to one folder of one device in one request; what became of each, in their order. */
export type SendBatch = (files: readonly BatchedFile[], signal: AbortSignal) => Promise<readonly BatchResult[]>;

interface Waiting extends BatchedFile {
  events: SendEvents;
  finished: PromiseWithResolvers<'done' | 'skipped'>;
}

/** Requests at once: the device writes one batch while the next is on its way. */
const AT_ONCE = 2;
/** Characters of all names of a batch; what says which files they are has a limit of its own. */
const NAMES = 32 * 1024;

/**
 * Gathers small files, whose requests would cost more than their content, and sends many in one. Whoever is stopped on the way
 * ends the request; the others are told that it broke off and come again.
 */
export class Batcher {
  readonly #send: SendBatch;
  readonly #waiting = new Set<Waiting>();
  readonly #requests = new Map<Waiting, AbortController>();
  #underWay = 0;
  #isPlanned = false;

  constructor(send: SendBatch) {
    this.#send = send;
  }

  /** Sends a file with others that are given in the same go, or while the requests before are under way. */
  send(upload: Upload, file: File, events: SendEvents): Sending {
    const waiting: Waiting = { upload, file, events, finished: Promise.withResolvers() };
    this.#waiting.add(waiting);
    this.#plan();
    const stop = () => {
      this.#waiting.delete(waiting);
      this.#requests.get(waiting)?.abort();
    };
    return { finished: waiting.finished.promise, stop };
  }

  /** What is given in the same go is to come along. */
  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    setTimeout(() => {
      this.#isPlanned = false;
      while (this.#underWay < AT_ONCE && this.#waiting.size > 0) void this.#sendNext();
    });
  }

  async #sendNext(): Promise<void> {
    const batch = nextBatch(this.#waiting);
    const abort = new AbortController();
    for (const each of batch) {
      this.#waiting.delete(each);
      this.#requests.set(each, abort);
    }
    this.#underWay += 1;
    try {
      const results = await this.#send(batch, abort.signal);
      for (const [at, each] of batch.entries()) settle(each, results[at]);
    } catch (error) {
      for (const { finished } of batch) finished.reject(error);
    }
    this.#underWay -= 1;
    for (const each of batch) this.#requests.delete(each);
    this.#plan();
  }
}

/** The first that waits and those that can go with it, as many as one request may hold. */
export function nextBatch<Kind extends BatchedFile>(waiting: Iterable<Kind>): Kind[] {
  const batch: Kind[] = [];
  let [bytes, names] = [0, 0];
  for (const each of waiting) {
    const { deviceId, folder, size, path } = each.upload;
    const first = batch[0]?.upload ?? each.upload;
    if (first.deviceId !== deviceId || first.folder !== folder) continue;
    bytes += size;
    names += path.length;
    if (batch.length > 0 && (batch.length === MAX_BATCH || bytes > BATCH_BYTES || names > NAMES)) break;
    batch.push(each);
  }
  return batch;
}

function settle({ upload, events, finished }: Waiting, result: BatchResult | undefined): void {
  if (result?.state === 'done' || result?.state === 'skipped') {
    events.sent(upload.size);
    finished.resolve(result.state);
  } else finished.reject(new PortholeError(isErrorCode(result?.error) ? result.error : 'internal'));
}
