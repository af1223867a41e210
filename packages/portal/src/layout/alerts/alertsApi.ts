import {
  type Alert,
  type AlertRule,
  type AlertRuleBody,
  alertPage,
  alertRule,
  alertRules,
  PATHS,
  type Webhook,
  type WebhookResult,
  webhook,
  webhookResult,
} from '@porthole/protocol';
import { type Api, checked, type Schema } from '../../base/api.ts';

const RULES = `${PATHS.alerts}/rules`;

/** Alerts, their rules and whom they are sent to, at the hub's HTTP routes. Every method rejects with a `PortholeError`. */
export class AlertsApi {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** What is over, the latest first; `before` is the `next` of the page before. */
  past(before?: string): Promise<{ alerts: Alert[]; next?: string | undefined }> {
    const query = before === undefined ? '' : `?${new URLSearchParams({ before })}`;
    return this.#send('GET', `${PATHS.alerts}/past${query}`, alertPage);
  }

  async rules(): Promise<AlertRule[]> {
    return (await this.#send('GET', RULES, alertRules)).rules;
  }

  /** A new rule without an id, the whole of an old one with its. */
  saveRule(rule: AlertRuleBody, id?: string): Promise<AlertRule> {
    return id === undefined
      ? this.#send('POST', RULES, alertRule, rule)
      : this.#send('PUT', `${RULES}/${encodeURIComponent(id)}`, alertRule, rule);
  }

  async removeRule(id: string): Promise<void> {
    await this.#api.request(`${RULES}/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }

  webhook(): Promise<Webhook> {
    return this.#send('GET', PATHS.webhook, webhook);
  }

  async setWebhook(body: Webhook): Promise<void> {
    await this.#request('PUT', PATHS.webhook, body);
  }

  testWebhook(): Promise<WebhookResult> {
    return this.#send('POST', `${PATHS.webhook}/test`, webhookResult, {});
  }

  async #send<T>(method: string, path: string, schema: Schema<T>, body?: object): Promise<T> {
    const response = await this.#request(method, path, body);
    return checked(schema, await response.json().catch(() => undefined));
  }

  #request(method: string, path: string, body?: object): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return this.#api.request(path, body ? { method, headers, body: JSON.stringify(body) } : { method });
  }
}
