import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { PortholeError } from '@porthole/protocol';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Failure } from '../failure.ts';
import type { PublicUrls } from '../publicUrls.ts';
import { setPolicy, setWorkerPolicy } from './securityHeaders.ts';

/** Stands in the built index.html where the nonce of each answer goes. */
const NONCE = '__CSP_NONCE__';
/** A part that begins with a dot, or what no file of the portal has in its name. */
const HIDDEN = /\/\.|[\\\0]/;
const YEAR = 'public, max-age=31536000, immutable';

export type PortalPath =
  | { kind: 'page' }
  | { kind: 'file'; path: string; immutable: boolean; worker: boolean }
  | { kind: 'none' };

/** What a GET outside the API asks for: a page of the portal, one of its files, or nothing that exists. */
export function portalPath(path: string): PortalPath {
  // The rest of such an address is a path on the device, which may hold anything.
  if (/^\/devices\/[^/]+\/files\//.test(path)) return { kind: 'page' };
  if (/^\/(api|ws)(\/|$)/i.test(path) || HIDDEN.test(path)) return { kind: 'none' };
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (path === '/index.html' || !last.includes('.')) return { kind: 'page' };
  const worker = path.startsWith('/workers/');
  // The bundler names these by their content, so what has the same name is the same.
  return { kind: 'file', path: path.slice(1), immutable: worker || path.startsWith('/assets/'), worker };
}

/** Serves the built portal out of `folder`. Throws `Failure` when it was not built. */
export async function servePortal(app: FastifyInstance, folder: string, urls: PublicUrls): Promise<void> {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) throw new Failure(`The portal is not built: ${index} is missing.`);
  await app.register(fastifyStatic, { root: folder, serve: false, cacheControl: false, dotfiles: 'ignore' });
  app.get('/*', { config: { right: 'public' } }, async (request, reply) => {
    const wanted = portalPath(decodedPath(request.url));
    if (wanted.kind === 'none') throw new PortholeError('not-found');
    if (wanted.kind === 'page') return sendPage(reply, index, urls);
    if (wanted.worker) setWorkerPolicy(reply, urls);
    reply.header('cache-control', wanted.immutable ? YEAR : 'no-cache');
    return reply.sendFile(wanted.path);
  });
}

async function sendPage(reply: FastifyReply, index: string, urls: PublicUrls): Promise<FastifyReply> {
  const html = await readFile(index, 'utf8');
  const nonce = setPolicy(reply, urls);
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html.replaceAll(NONCE, nonce));
}

function decodedPath(url: string): string {
  const path = url.replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(path);
  } catch {
    throw new PortholeError('not-found');
  }
}
