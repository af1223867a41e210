import { mkdirSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import type { Role } from '@porthole/protocol';
import { buildHub, type Hub, type HubOptions } from '../app.ts';
import { type Cleanup, closingAfter, temporaryFolder } from './temporaryFolder.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Ask {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
}

/** A hub on a free port of this machine, with a portal of one page, its own folder and its own authority. */
export class TestHub {
  readonly hub: Hub;
  readonly port: number;
  readonly dataDir: string;
  /** The authority's certificate; clients trust nothing else. */
  readonly ca: string;

  constructor(hub: Hub, ca: string) {
    this.hub = hub;
    this.port = Number(new URL(hub.url).port);
    this.dataDir = hub.services.config.dataDir;
    this.ca = ca;
  }

  get origin(): string {
    return `https://localhost:${this.port}`;
  }

  /** One request over a TLS connection of its own. */
  ask({ method = 'GET', path, headers = {}, body }: Ask): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const type: Record<string, string> = text === undefined ? {} : { 'content-type': 'application/json' };
    const options = { host: '127.0.0.1', servername: 'localhost', port: this.port, path, method, ca: this.ca };
    const host = `localhost:${this.port}`;
    return new Promise((resolve, reject) => {
      const asking = request({ ...options, agent: false, headers: { host, ...type, ...headers } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      });
      asking.on('error', reject);
      asking.end(text);
    });
  }

  /** Adds a user and signs in. Returns the `Cookie` header to send. */
  async signIn(username = 'ada', role: Role = 'admin'): Promise<string> {
    const { users } = this.hub.services;
    const password = `password of ${username}`;
    if (!users.find(username)) await users.add({ username, role, password, actor: 'test' });
    const answer = await this.ask({ method: 'POST', path: '/api/session', body: { username, password } });
    return cookieOf(answer);
  }
}

/** The `Cookie` header that a browser would send after that answer. */
export function cookieOf({ headers }: Answer): string {
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** Starts a hub that is closed when the test ends. */
export async function startTestHub(t: Cleanup, options: Partial<HubOptions> = {}): Promise<TestHub> {
  const closing = closingAfter(t);
  const folder = temporaryFolder(t, closing);
  const portalDir = join(folder, 'portal');
  mkdirSync(join(portalDir, 'assets'), { recursive: true });
  writeFileSync(
    join(portalDir, 'index.html'),
    '<!doctype html><title>Porthole</title><style nonce="__CSP_NONCE__"></style>',
  );
  writeFileSync(join(portalDir, 'assets', 'main-0a1b2c3d.js'), 'export {};');
  const listen = { host: '127.0.0.1', port: 0 };
  const hub = await buildHub({ dataDir: join(folder, 'data'), listen, portalDir, ...options });
  closing.add(hub);
  const { payload } = await hub.app.inject({ url: '/authority.crt', headers: { host: new URL(hub.url).host } });
  return new TestHub(hub, payload);
}
