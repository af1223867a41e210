import { PortholeError } from '@porthole/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import type { Subject } from '../access.ts';
import type { Right } from './rights.ts';

/** What the API description says of a route. */
export interface Operation {
  summary: string;
  body?: z.ZodType | undefined;
  query?: z.ZodType | undefined;
  reply?: z.ZodType | undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation;
    /** The body may take as long as it likes while it moves. */
    streams?: boolean;
  }
}

/** One request, checked. */
export interface Call<Body, Query> {
  readonly body: Body;
  readonly query: Query;
  /** The parts of the path that the URL names, such as `id`. */
  readonly params: Readonly<Record<string, string>>;
  /** Who asks. Throws `auth.required` when nobody is signed in, which only a public route can meet. */
  readonly subject: Subject;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface RouteSpec<Body = undefined, Query = undefined> {
  /** `GET+HEAD`: the handler answers HEAD itself, where making the body and throwing it away would cost too much. */
  method: 'GET' | 'GET+HEAD' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As Fastify writes it: `/api/devices/:id`. */
  url: string;
  right: Right;
  /** One sentence for the API description. */
  summary: string;
  body?: z.ZodType<Body>;
  query?: z.ZodType<Query>;
  reply?: z.ZodType;
  /** Bytes of the body at most, where the usual limit of the hub is too low. */
  bodyLimit?: number;
  /** The body is a stream of any length and duration, which the handler reads as it goes; see `acceptStreams`. */
  streams?: boolean;
  /** Runs before the body is read; throw there to make the route look absent, whatever was sent. */
  before?: () => void;
  /** What it returns is sent as JSON; nothing is answered as 204. */
  handler(call: Call<Body, Query>): unknown;
}

/** Adds a route: checks body and query by their schemas and describes it in the API description. */
export function route<Body = undefined, Query = undefined>(app: FastifyInstance, spec: RouteSpec<Body, Query>): void {
  const { method, url, right, summary, body, query, reply, before, bodyLimit, streams = false } = spec;
  app.route({
    method: method === 'GET+HEAD' ? ['GET', 'HEAD'] : method,
    exposeHeadRoute: method === 'GET',
    url,
    config: { right, streams, operation: { summary, body, query, reply } },
    ...(bodyLimit !== undefined && { bodyLimit }),
    ...(before && { onRequest: async () => before() }),
    handler: async (request, response) => {
      const result = await spec.handler(callOf(spec, request, response));
      // An answer that its reader broke off comes to nothing as well, though it was begun.
      if (result === undefined && !response.sent && !response.raw.headersSent) return response.code(204).send();
      return result;
    },
  });
}

function callOf<Body, Query>(
  spec: RouteSpec<Body, Query>,
  request: FastifyRequest,
  reply: FastifyReply,
): Call<Body, Query> {
  return {
    body: check(spec.body, request.body, 'body'),
    query: check(spec.query, request.query, 'query'),
    params: request.params as Record<string, string>,
    request,
    reply,
    get subject() {
      if (!request.subject) throw new PortholeError('auth.required');
      return request.subject;
    },
  };
}

/** Names what does not fit, never the value: it may be a password. */
function check<Value>(schema: z.ZodType<Value> | undefined, value: unknown, part: string): Value {
  if (!schema) return undefined as Value;
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.length ? `'${issue.path.join('.').slice(0, 64)}' of the ${part}` : `The ${part}`;
  throw new PortholeError('request.invalid', `${where} is not valid.`);
}
