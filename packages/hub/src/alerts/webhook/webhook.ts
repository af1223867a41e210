import {
  PortholeError,
  type Webhook as Setting,
  type WebhookBody,
  type WebhookResult,
  webhook,
} from '@porthole/protocol';
import type { Logger } from 'pino';
import type { Audit } from '../../audit/audit.ts';
import type { Database } from '../../base/db/database.ts';
import { StorageError } from '../../base/db/storageError.ts';
import { HubSetting } from '../../settings/hubSetting.ts';
import { ownAddressOf, type Resolve, resolveBySystem } from './ownNetwork.ts';
import { post } from './post.ts';
import { WebhookStore } from './webhookStore.ts';

export interface WebhookParts {
  db: Database;
  audit: Audit;
  log: Logger;
  resolve?: Resolve;
  /** Waits between tries, in ms; after the last one a message is given up. */
  retryMs?: readonly number[];
  /** For one try, all of it together, in ms. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
const AFTER_FAILURE_MS = 60_000;
const RETRY_MS = [2_000, 10_000, 60_000, 300_000, 900_000, 3_600_000] as const;

/** Tells an address in the own network of alerts, one after the other, in their order, each until it was heard. */
export class Webhook {
  readonly #setting: HubSetting<Setting>;
  readonly #store: WebhookStore;
  readonly #audit: Audit;
  readonly #log: Logger;
  readonly #resolve: Resolve;
  readonly #retryMs: readonly number[];
  readonly #timeoutMs: number;
  #tries = 0;
  #isSending = false;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor({ db, audit, log, resolve = resolveBySystem, retryMs = RETRY_MS, timeoutMs = TIMEOUT_MS }: WebhookParts) {
    // Addresses of webhooks hold secrets as a rule.
    const logged = ({ url }: Setting) => (url === null ? 'none' : new URL(url).origin);
    const setting = { name: 'webhook', schema: webhook, fallback: { url: null }, logged };
    this.#setting = new HubSetting({ db, audit }, setting);
    this.#store = new WebhookStore(db);
    this.#audit = audit;
    this.#log = log;
    this.#resolve = resolve;
    this.#retryMs = retryMs;
    this.#timeoutMs = timeoutMs;
    this.#goOn();
  }

  get setting(): Setting {
    return this.#setting.value;
  }

  /** Throws `webhook.outside` for an address that is not of the own network. One whose name is unknown now may be known later. */
  async set(setting: Setting, actor: string): Promise<void> {
    if (setting.url !== null) await this.#check(new URL(setting.url));
    this.#setting.set(setting, actor);
    this.#store.clear();
    this.#tries = 0;
  }

  /** Sends a message that says nothing, and tells what came of it. Throws `webhook.unset`. */
  async test(actor: string): Promise<WebhookResult> {
    const { url } = this.#setting.value;
    if (url === null) throw new PortholeError('webhook.unset');
    this.#audit.append({ actor, action: 'webhook.test', target: 'hub' });
    const body: WebhookBody = { event: 'test', device: null, alert: null };
    return await this.#post(url, JSON.stringify(body));
  }

  /** Keeps a message until it was sent; to be called in the transaction of what it tells. */
  add(body: WebhookBody): void {
    if (this.#setting.value.url === null) return;
    this.#store.add(body);
    setImmediate(() => this.#goOn());
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #check(url: URL): Promise<void> {
    try {
      await ownAddressOf(url, this.#resolve);
    } catch (error) {
      if (error instanceof PortholeError) throw error;
      this.#log.warn({ err: error }, 'the name of the webhook is not known yet');
    }
  }

  #goOn(): void {
    if (this.#isSending || this.#timer || this.#isClosed || this.#setting.value.url === null) return;
    void this.#sendAndWait();
  }

  async #sendAndWait(): Promise<void> {
    this.#isSending = true;
    const waitMs = await this.#sendFirst();
    this.#isSending = false;
    if (waitMs === undefined || this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#goOn();
    }, waitMs);
    this.#timer.unref();
  }

  /** Returns how long to wait before going on, in ms; undefined when nothing waits. */
  async #sendFirst(): Promise<number | undefined> {
    try {
      return await this.#trySending();
    } catch (error) {
      // A full disk passes; what was sent and could not be taken off the list is sent once more.
      if (!(error instanceof StorageError)) this.#log.error({ err: error }, 'the webhook could not be told');
      return AFTER_FAILURE_MS;
    }
  }

  async #trySending(): Promise<number | undefined> {
    const first = this.#store.first();
    const { url } = this.#setting.value;
    if (!first || url === null) return undefined;
    const result = await this.#post(url, first.body);
    if (this.#isClosed) return undefined;
    const waitMs = result.ok ? 0 : this.#retryMs[this.#tries];
    this.#tries = result.ok || waitMs === undefined ? 0 : this.#tries + 1;
    if (!result.ok)
      this.#log.warn({ reason: result.reason, isGivenUp: waitMs === undefined }, 'the webhook did not take an alert');
    if (result.ok || waitMs === undefined) this.#store.remove(first.seq);
    return waitMs ?? 0;
  }

  #post(url: string, body: string): Promise<WebhookResult> {
    return post(url, body, { resolve: this.#resolve, timeoutMs: this.#timeoutMs });
  }
}
