import type { IncomingHttpHeaders } from 'node:http';
import { type ErrorCode, PortholeError } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import type { PublicUrls } from '../publicUrls.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Why a request is refused before anything looks at it; undefined when it may go on. A request that changes something must
 * not come from another site. A script sends neither `Origin` nor `Sec-Fetch-Site` and is let through: the cookie is
 * SameSite=Strict and bodies are JSON only, so no page can make a browser send the like.
 */
export function refusalOf(method: string, headers: IncomingHttpHeaders, urls: PublicUrls): ErrorCode | undefined {
  if (!urls.hasHost(headers.host)) return 'request.host';
  if (READING.has(method)) return undefined;
  if (headers.origin !== undefined && !urls.hasOrigin(headers.origin)) return 'request.origin';
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' ? undefined : 'request.origin';
}

/** Checks every request of `app`, known path or not, and takes only JSON as a body. */
export function checkRequests(app: FastifyInstance, urls: PublicUrls): void {
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request) => {
    const refusal = refusalOf(request.method, request.headers, urls);
    if (refusal) throw new PortholeError(refusal);
  });
}
