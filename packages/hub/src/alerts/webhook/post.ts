import { request as overHttp, type RequestOptions } from 'node:http';
import { request as overTls } from 'node:https';
import { isIP } from 'node:net';
import { getCACertificates } from 'node:tls';
import { PortholeError, type WebhookResult } from '@porthole/protocol';
import { ownAddressOf, type Resolve } from './ownNetwork.ts';

export interface PostOptions {
  resolve: Resolve;
  /** All of it together, in ms. */
  timeoutMs: number;
}

/**
 * Posts JSON to an address in the own network: its name is resolved first, and the connection goes to exactly that address. No
 * redirect is followed, and nothing is read of the answer but its status. Never rejects.
 */
export async function post(url: string, body: string, { resolve, timeoutMs }: PostOptions): Promise<WebhookResult> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const target = new URL(url);
    const address = await Promise.race([ownAddressOf(target, resolve), aborted(signal)]);
    const status = await send(target, body, { host: address, signal });
    return resultOf(status);
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

function send(url: URL, body: string, { host, signal }: { host: string; signal: AbortSignal }): Promise<number> {
  const secure = url.protocol === 'https:';
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const options: RequestOptions & { servername?: string; ca?: string[] } = {
    method: 'POST',
    host,
    port: url.port || (secure ? 443 : 80),
    path: url.pathname + url.search,
    headers: {
      host: url.host,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Porthole',
      ...(url.username && { authorization: basic(url) }),
    },
    agent: false,
    signal,
    ...(isIP(name) === 0 && { servername: name }),
    ...(secure && { ca: trusted() }),
  };
  return new Promise((resolve, reject) => {
    const asking = (secure ? overTls : overHttp)(options, (answer) => {
      resolve(answer.statusCode ?? 0);
      asking.destroy();
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

/** Whom the system of the hub trusts, besides whom all do: an own network often has an authority of its own. */
function trusted(): string[] {
  return [...getCACertificates('default'), ...getCACertificates('system')];
}

function resultOf(status: number): WebhookResult {
  if (status >= 200 && status < 300) return { ok: true, status };
  return {
    ok: false,
    status,
    reason: status < 400 ? 'It answered with a redirect, which is not followed.' : `It answered ${status}.`,
  };
}

function basic({ username, password }: URL): string {
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

/** One sentence, without anything that the other side said. */
function reasonOf(error: unknown): string {
  if (error instanceof PortholeError) return error.message;
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return 'It did not answer in time.';
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return `It could not be reached (${error.code}).`.slice(0, 200);
  return 'It could not be reached.';
}
