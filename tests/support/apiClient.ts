import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { buffer } from 'node:stream/consumers';

export interface ApiRequest {
  /** Sent as JSON, with its content type; a `Buffer` as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** One answer, read to its end. */
export class ApiReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;

  constructor(response: IncomingMessage, body: Buffer) {
    this.status = response.statusCode ?? 0;
    this.headers = response.headers;
    this.body = body;
  }

  /** The body as JSON. The caller names the shape it expects. */
  json<T>(): T {
    return JSON.parse(this.body.toString('utf8'));
  }
}

/** Talks to a hub's HTTP interface as one browser would: keeps cookies, keeps connections. */
export class ApiClient implements Disposable {
  readonly url: string;
  readonly #agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.url = url;
  }

  /** For a `Cookie` header of one's own, such as a WebSocket's. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async request(method: string, path: string, options?: ApiRequest): Promise<ApiReply> {
    const response = await this.respond(method, path, options);
    return new ApiReply(response, await buffer(response));
  }

  /** As soon as an answer has begun; the caller reads its body. */
  async respond(method: string, path: string, { body, headers }: ApiRequest = {}): Promise<IncomingMessage> {
    const isRaw = Buffer.isBuffer(body);
    const content = body === undefined || isRaw ? body : JSON.stringify(body);
    const sent = request(new URL(path, this.url), {
      method,
      agent: this.#agent,
      headers: {
        ...(this.#cookies.size > 0 && { cookie: this.cookie }),
        ...(content !== undefined && { 'content-type': isRaw ? 'application/octet-stream' : 'application/json' }),
        ...headers,
      },
    }).end(content);
    const [response]: IncomingMessage[] = await once(sent, 'response');
    if (!response) throw new Error('no response');
    this.#keep(response.headers['set-cookie'] ?? []);
    return response;
  }

  /** Fetches JSON. Throws on any status but 2xx. */
  async get<T>(path: string): Promise<T> {
    return expectOk(await this.request('GET', path), path).json<T>();
  }

  /** Posts JSON. Throws on any status but 2xx. */
  async post<T>(path: string, body: unknown): Promise<T> {
    return expectOk(await this.request('POST', path, { body }), path).json<T>();
  }

  async signIn(username: string, password: string): Promise<void> {
    const path = '/api/session';
    expectOk(await this.request('POST', path, { body: { username, password } }), path);
  }

  close(): void {
    this.#agent.destroy();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #keep(lines: string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const gone = value === '' || /;\s*max-age=0/i.test(line);
      if (gone) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

function expectOk(reply: ApiReply, path: string): ApiReply {
  if (reply.status >= 200 && reply.status < 300) return reply;
  throw new Error(`${path}: ${reply.status} ${reply.body.toString('utf8').slice(0, 300)}`);
}
