import { CAPABILITIES, type Capability, PortholeError } from '@porthole/protocol';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { allows, type Subject, THE_HUB } from '../access.ts';

/** What a route needs: nothing, somebody signed in, or a capability on the device named by `:id` (without one: on the hub). */
export type Right = 'public' | 'session' | Capability;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route names one; the hub does not start otherwise. */
    right?: Right;
  }
  interface FastifyRequest {
    /** Who asks; undefined when nobody is signed in. */
    subject: Subject | undefined;
  }
}

/** Resolves a `Cookie` header to whoever is signed in with it. */
export type ResolveSession = (cookieHeader: string | undefined) => Subject | undefined;

/** Told of everything that somebody signed in may not do, before it is refused. */
export type NoteDenial = (subject: Subject, deviceId: string, capability: Capability) => void;

export interface Guard {
  resolve: ResolveSession;
  denied: NoteDenial;
}

/** Puts the one check in front of every route of `app`, and refuses routes that name no right. */
export function guardRoutes(app: FastifyInstance, { resolve, denied }: Guard): void {
  app.decorateRequest('subject', undefined);
  app.addHook('onRoute', requireRight);
  app.addHook('onRequest', async (request) => {
    request.subject = resolve(request.headers.cookie);
    if (!request.is404) checkRight(request, denied);
  });
}

function requireRight(route: RouteOptions): void {
  const right = route.config?.right;
  const known = right === 'public' || right === 'session' || CAPABILITIES.some((capability) => capability === right);
  if (!known) throw new Error(`route ${route.method} ${route.url} names no right`);
  const onHub = right === 'public' || right === 'session' || right === 'admin';
  if (!onHub && !route.url.includes('/:id')) throw new Error(`route ${route.method} ${route.url} names no device`);
}

/** Throws `auth.required` when nobody is signed in; what a user may not do looks as if it were not there. */
function checkRight(request: FastifyRequest, denied: NoteDenial): void {
  const { right } = request.routeOptions.config;
  if (right === 'public') return;
  if (!request.subject) throw new PortholeError('auth.required');
  if (right === 'session') return;
  const deviceId = deviceOf(request.params);
  if (right && allows(request.subject, deviceId, right)) return;
  if (right) denied(request.subject, deviceId, right);
  throw new PortholeError('not-found');
}

function deviceOf(params: unknown): string {
  const named = params !== null && typeof params === 'object' && 'id' in params ? params.id : undefined;
  return typeof named === 'string' ? named : THE_HUB;
}
