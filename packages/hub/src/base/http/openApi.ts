import { errorBody, PATHS, PRODUCT_VERSION } from '@porthole/protocol';
import type { FastifyInstance, RouteOptions } from 'fastify';
import * as z from 'zod';
import { type Operation, route } from './route.ts';

interface Described {
  method: string;
  url: string;
  right: string;
  operation: Operation;
}

type Json = Record<string, unknown>;

/** Serves the description of every route added to `app` from now on, made from the schemas that the routes check by. */
export function describeApi(app: FastifyInstance): void {
  const routes: Described[] = [];
  let document: Json | undefined;
  app.addHook('onRoute', (options) => {
    routes.push(...describe(options));
  });
  route(app, {
    method: 'GET',
    url: PATHS.openapi,
    right: 'public',
    summary: 'This description.',
    handler: () => {
      document ??= openApiDocument(routes);
      return document;
    },
  });
}

function describe({ method, url, config }: RouteOptions): Described[] {
  const { right, operation } = config ?? {};
  if (!right || !operation) return [];
  const shown = [method].flat().filter((name) => name !== 'HEAD' && name !== 'OPTIONS');
  return shown.map((name) => ({ method: name.toLowerCase(), url, right, operation }));
}

/** An OpenAPI 3.1 document. */
export function openApiDocument(routes: readonly Described[]): Json {
  const paths: Record<string, Json> = {};
  for (const described of routes) {
    const path = described.url.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [described.method]: operationOf(described) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Porthole', version: PRODUCT_VERSION },
    paths,
    components: {
      schemas: { Error: schemaOf(errorBody, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-porthole' } },
    },
  };
}

function operationOf({ url, right, operation }: Described): Json {
  const { summary, body, query, reply } = operation;
  const error = { $ref: '#/components/schemas/Error' };
  return {
    summary,
    'x-right': right,
    security: right === 'public' ? [] : [{ session: [] }],
    parameters: [...pathParameters(url), ...queryParameters(query)],
    ...(body && { requestBody: { required: true, content: content(schemaOf(body, 'input')) } }),
    responses: {
      ...(reply
        ? { 200: { description: 'Done.', content: content(schemaOf(reply, 'output')) } }
        : { '2XX': { description: 'Done.' } }),
      default: { description: 'Refused, with a code of the catalogue.', content: content(error) },
    },
  };
}

function pathParameters(url: string): Json[] {
  const names = [...url.matchAll(/:(\w+)/g)].map((match) => match[1]);
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters(query: z.ZodType | undefined): Json[] {
  if (!query) return [];
  const { properties, required } = schemaOf(query, 'input') as { properties?: Json; required?: string[] };
  return Object.entries(properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required?.includes(name) ?? false,
    schema,
  }));
}

function content(schema: unknown): Json {
  return { 'application/json': { schema } };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
