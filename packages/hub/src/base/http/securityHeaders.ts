import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PublicUrls } from '../publicUrls.ts';

/** Powers that the portal never needs. Keyboard lock, clipboard and full screen stay as they are. */
const UNUSED = ['camera', 'microphone', 'geolocation', 'display-capture', 'payment', 'usb', 'serial', 'midi', 'hid'];

const FIXED = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': UNUSED.map((feature) => `${feature}=()`).join(', '),
};

export interface HeaderOptions {
  urls: PublicUrls;
  /** Whether the owner gave a certificate. */
  ownCertificate: boolean;
}

/**
 * What a page of the hub may load and talk to: the hub itself. `nonce` marks the styles that the portal adds at run time;
 * `host` must be one of the hub's, since it goes into the header.
 */
export function contentSecurityPolicy(nonce: string, host: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self' blob:",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    // A PDF in its frame; its own answer says that nothing in it may run here.
    "frame-src 'self' blob:",
    `connect-src 'self'${host ? ` wss://${host}` : ''}`,
    "font-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}

/**
 * What a worker of the portal may do: talk to the hub, and compile the WebAssembly that it got from there. Only workers may:
 * they have no document that a smuggled script could get at.
 */
export function workerPolicy(host: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "img-src 'self' blob: data:",
    `connect-src 'self'${host ? ` wss://${host}` : ''}`,
  ].join('; ');
}

/** Sets the policy of an answer that is a worker's script. */
export function setWorkerPolicy(reply: FastifyReply, urls: PublicUrls): void {
  const { host } = reply.request.headers;
  reply.header('content-security-policy', workerPolicy(urls.hasHost(host) ? host : undefined));
}

/** Sets the policy of one answer, and returns the nonce that the page must carry. */
export function setPolicy(reply: FastifyReply, urls: PublicUrls): string {
  const nonce = randomBytes(18).toString('base64url');
  const { host } = reply.request.headers;
  reply.header('content-security-policy', contentSecurityPolicy(nonce, urls.hasHost(host) ? host : undefined));
  return nonce;
}

/**
 * Security headers on every answer of `app`. HSTS only with an own certificate: with the local authority it would take
 * away the browser's way past the warning, and lock out everybody who has not installed the authority yet.
 */
export function addSecurityHeaders(app: FastifyInstance, { urls, ownCertificate }: HeaderOptions): void {
  app.addHook('onRequest', async (_request, reply) => secure(reply, { urls, ownCertificate }));
}

/** The same for answers that no hook sees. */
export function secure(reply: FastifyReply, { urls, ownCertificate }: HeaderOptions): void {
  reply.headers(FIXED);
  setPolicy(reply, urls);
  reply.header('cache-control', 'no-store');
  if (ownCertificate) reply.header('strict-transport-security', 'max-age=31536000');
}
