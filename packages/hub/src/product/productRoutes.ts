import { PATHS, PortholeError, type Product, product, setLogo, setProduct } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { route } from '../base/http/route.ts';
import type { ProductStore } from './productStore.ts';

/** What the portal is called and its sign: everybody sees them before signing in. `changed` is called when they change. */
export function registerProductRoutes(
  app: FastifyInstance,
  store: ProductStore,
  changed: (product: Product) => void,
): void {
  registerReading(app, store);
  registerChanging(app, store, () => changed(store.product));
}

function registerReading(app: FastifyInstance, store: ProductStore): void {
  route(app, {
    method: 'GET',
    url: PATHS.product,
    right: 'public',
    summary: 'What the portal is called, and where its logo is.',
    reply: product,
    handler: () => store.product,
  });
  route(app, {
    method: 'GET',
    url: `${PATHS.product}/logo`,
    right: 'public',
    summary: 'The logo.',
    query: z.strictObject({ v: z.string().max(64).optional() }),
    handler: ({ query, reply }) => {
      const { logo } = store;
      if (!logo) throw new PortholeError('not-found');
      const caching = query.v === logo.version ? 'public, max-age=31536000, immutable' : 'no-cache';
      return reply
        .type(logo.type)
        .header('cache-control', caching)
        .header('content-security-policy', "sandbox; default-src 'none'")
        .send(Buffer.from(logo.image));
    },
  });
}

function registerChanging(app: FastifyInstance, store: ProductStore, changed: () => void): void {
  route(app, {
    method: 'PUT',
    url: PATHS.product,
    right: 'admin',
    summary: 'Names the portal; null gives it the name that it came with.',
    body: setProduct,
    handler: ({ subject, body }) => {
      store.setTitle(body.title, subject.username);
      changed();
    },
  });
  route(app, {
    method: 'PUT',
    url: `${PATHS.product}/logo`,
    right: 'admin',
    summary: 'Sets the logo: a PNG, JPEG, WebP or GIF.',
    body: setLogo,
    bodyLimit: 128 * 1024,
    handler: ({ subject, body }) => {
      store.setLogo(Buffer.from(body.image, 'base64'), subject.username);
      changed();
    },
  });
  route(app, {
    method: 'DELETE',
    url: `${PATHS.product}/logo`,
    right: 'admin',
    summary: 'Takes the logo away.',
    handler: ({ subject }) => {
      store.removeLogo(subject.username);
      changed();
    },
  });
}
