import { PATHS, type Transfer, transfer, transfers } from '@porthole/protocol';
import { type Api, checked } from '../../base/api.ts';
import type { Connection } from '../../base/connection.ts';
import { Store } from '../../base/store.ts';
import type { Conflict } from './filesApi.ts';

const BASE = `${PATHS.devices.replace(/\/devices$/, '')}/transfers`;
/** How often to ask while something is under way, in ms. */
const EVERY_MS = 1_000;

/** Whether all of it arrived. */
export function isFinished({ state, failed }: Transfer): boolean {
  return state === 'done' && failed.length === 0;
}

export type TransferAct = 'pause' | 'resume' | 'cancel';

/** Whether something can be done with a job. What is over can only be taken off the list, which `cancel` does as well. */
export function canAct({ state }: Transfer, act: TransferAct): boolean {
  if (act === 'resume') return state === 'paused' || state === 'failed';
  return state === 'running' || (act === 'cancel' && state === 'paused');
}

/** Copies from device to device: the hub does them, this only tells of them. Asks only while something is under way. */
export class TransferJobs {
  readonly list = new Store<readonly Transfer[]>([]);
  readonly #api: Api;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(api: Api) {
    this.#api = api;
    void this.#ask();
  }

  /** Rejects with the `PortholeError` of the refusal. */
  async create(
    from: { device: string; paths: readonly string[] },
    to: { device: string; folder: string },
    conflict: Conflict,
  ): Promise<void> {
    const body = JSON.stringify({ from, to, conflict });
    const headers = { 'content-type': 'application/json' };
    const response = await this.#api.request(BASE, { method: 'POST', headers, body });
    this.#put(checked(transfer, await response.json()));
    this.#schedule(EVERY_MS);
  }

  async act(id: string, act: TransferAct): Promise<void> {
    const path = `${BASE}/${encodeURIComponent(id)}`;
    const headers = { 'content-type': 'application/json' };
    if (act === 'cancel') await this.#api.request(path, { method: 'DELETE' });
    else await this.#api.request(`${path}/${act}`, { method: 'POST', headers, body: '{}' });
    this.#schedule(0);
  }

  /** Takes those that arrived whole off the list; one of which the hub does not hear now stays on it. */
  async clearFinished(): Promise<void> {
    const finished = this.list.get().filter(isFinished);
    await Promise.allSettled(finished.map(({ id }) => this.act(id, 'cancel')));
  }

  /** The same with every one for which it makes sense. Rejects with the first refusal, when all were asked for. */
  async actOnAll(act: TransferAct): Promise<void> {
    const asked = this.list.get().filter((job) => canAct(job, act));
    const answers = await Promise.allSettled(asked.map(({ id }) => this.act(id, act)));
    const refused = answers.find((answer) => answer.status === 'rejected');
    if (refused) throw refused.reason;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #put(job: Transfer): void {
    this.list.set([job, ...this.list.get().filter(({ id }) => id !== job.id)]);
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => void this.#ask(), ms);
  }

  async #ask(): Promise<void> {
    // What cannot be asked now keeps what was known; the page says on its own when the hub is away.
    const answer = await this.#api
      .request(BASE)
      .then((response) => response.json())
      .catch(() => undefined);
    if (this.#closed) return;
    const parsed = transfers.safeParse(answer);
    if (parsed.success) this.list.set(parsed.data.transfers);
    if (this.list.get().some(({ state }) => state === 'running')) this.#schedule(EVERY_MS);
  }
}

const jobs = new WeakMap<Connection, TransferJobs>();

/** The jobs of a signed-in session; one for the page. */
export function transferJobsOf(connection: Connection): TransferJobs {
  const known = jobs.get(connection);
  if (known) return known;
  const created = new TransferJobs(connection.api);
  jobs.set(connection, created);
  connection.onClosed(() => created.close());
  return created;
}
