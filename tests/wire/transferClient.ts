import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeFileSync, writeSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DefaultHttpStack, type DetailedError, Upload } from 'tus-js-client';

/** One file to be brought to or from the device. `name` is one of its own, under which its state is kept. */
export type Job = { name: string } & (
  | { kind: 'upload'; source: string; conflict: 'fail' | 'replace'; isWhole: boolean; isAbandoned: boolean }
  | { kind: 'download'; source: string }
);

/** What a client is started with, as a file of JSON. */
export interface ClientPlan {
  /** The device's files on the hub. */
  url: string;
  cookie: string;
  /** Where uploads go to on the device. */
  folder: string;
  /** What survives the client: where to go on, and what was downloaded. */
  state: string;
  jobs: Job[];
}

const AT_ONCE = 6;
const RETRY_MS = 200;
const CHUNK = 100_000;
/** A line that is not the fastest: there shall be a middle in which to be killed. */
const PAUSE_MS = 10;
const sockets = new Agent({ keepAlive: true, rejectUnauthorized: false });

/** A download that is not whole: what to ask for next. */
class Retry extends Error {}

/**
 * A browser as far as transfers are concerned, to be killed and started again: it goes on where it was with every file that
 * it had not finished, as a page does, and gives up for nothing that passes by itself.
 */
class TransferClient {
  readonly #plan: ClientPlan;

  constructor(plan: ClientPlan) {
    this.#plan = plan;
  }

  async run(): Promise<void> {
    const jobs = this.#plan.jobs.values();
    const work = async () => {
      for (const job of jobs) if (!existsSync(this.#state(job, 'done'))) await this.#finish(job);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  async #finish(job: Job): Promise<void> {
    if (job.kind === 'upload' && job.isAbandoned && existsSync(this.#state(job, 'begun'))) return;
    writeFileSync(this.#state(job, 'begun'), '');
    for (;;) {
      try {
        if (job.kind === 'upload') await this.#upload(job);
        else await this.#download(job);
        break;
      } catch (error) {
        if (!(error instanceof Retry)) throw error;
        await sleep(RETRY_MS);
      }
    }
    writeFileSync(this.#state(job, 'done'), '');
  }

  #upload({ source, conflict, isWhole, ...job }: Extract<Job, { kind: 'upload' }>): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const kept = this.#state(job, 'url');
    const upload = new Upload(readFileSync(source), {
      endpoint: `${this.#plan.url}/uploads`,
      headers: { cookie: this.#plan.cookie },
      metadata: { folder: this.#plan.folder, name: job.name, conflict },
      httpStack: new DefaultHttpStack({ agent: sockets, rejectUnauthorized: false }),
      retryDelays: [],
      uploadDataDuringCreation: isWhole,
      chunkSize: isWhole ? Number.POSITIVE_INFINITY : CHUNK,
      ...(existsSync(kept) && { uploadUrl: readFileSync(kept, 'utf8') }),
      onUploadUrlAvailable: () => !isWhole && writeFileSync(kept, upload.url ?? ''),
      onProgress: tell,
      onSuccess: () => resolve(),
      onError: (error) => (isThereAlready(error) ? resolve() : reject(new Retry(error.message))),
    });
    upload.start();
    return promise;
  }

  async #download({ name, source }: Extract<Job, { kind: 'download' }>): Promise<void> {
    const [part, etagFile] = [this.#state({ name }, 'part'), this.#state({ name }, 'etag')];
    const at = existsSync(part) ? statSync(part).size : 0;
    const etag = existsSync(etagFile) ? readFileSync(etagFile, 'utf8') : '';
    const headers = at > 0 ? { range: `bytes=${at}-`, 'if-range': etag } : {};
    const answer = await this.#get(`${this.#plan.url}/content?path=${encodeURIComponent(source)}`, headers);
    const { statusCode, headers: told } = answer;
    // Killed between the last byte and the new name: there is nothing more to ask for.
    const isWhole = statusCode === 416 && told['content-range'] === `bytes */${at}`;
    if (!isWhole) {
      if (statusCode !== 200 && statusCode !== 206) throw new Retry(`status ${statusCode}`);
      writeFileSync(etagFile, String(told.etag));
      await save(answer, part, statusCode === 206 ? 'a' : 'w');
    }
    renameSync(part, join(this.#plan.state, name));
  }

  #get(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const sent = request(url, { agent: sockets, headers: { cookie: this.#plan.cookie, ...headers } }, resolve);
    sent.on('error', (error) => reject(new Retry(error.message))).end();
    return promise;
  }

  #state({ name }: { name: string }, kind: string): string {
    return join(this.#plan.state, `${name}.${kind}`);
  }
}

/** An attempt before this one may have arrived whole without our having heard of it. */
function isThereAlready(error: Error | DetailedError): boolean {
  const body = 'originalResponse' in error ? error.originalResponse?.getBody() : undefined;
  return body?.includes('file.exists') ?? false;
}

async function save(answer: IncomingMessage, path: string, flags: 'a' | 'w'): Promise<void> {
  const file = openSync(path, flags);
  try {
    for await (const piece of answer) {
      const bytes: Buffer = piece;
      writeSync(file, bytes);
      tell();
      await sleep(PAUSE_MS);
    }
  } catch (error) {
    throw new Retry(String(error));
  } finally {
    closeSync(file);
  }
}

/** Something moved: whoever wants to kill us may choose this moment. */
function tell(): void {
  process.stdout.write('.');
}

await new TransferClient(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))).run();
sockets.destroy();
