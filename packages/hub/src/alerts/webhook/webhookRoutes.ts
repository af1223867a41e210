import { webhook as form, PATHS, webhookResult } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { route } from '../../base/http/route.ts';
import type { Webhook } from './webhook.ts';

/** Where alerts are sent. */
export function registerWebhook(app: FastifyInstance, webhook: Webhook): void {
  route(app, {
    method: 'GET',
    url: PATHS.webhook,
    right: 'admin',
    summary: 'Where alerts are sent.',
    reply: form,
    handler: () => webhook.setting,
  });
  route(app, {
    method: 'PUT',
    url: PATHS.webhook,
    right: 'admin',
    summary: 'Sets where alerts are sent: an address in the own network, or nowhere.',
    body: form,
    handler: ({ subject, body }) => webhook.set(body, subject.username),
  });
  route(app, {
    method: 'POST',
    url: `${PATHS.webhook}/test`,
    right: 'admin',
    summary: 'Sends a message that says nothing, and tells what came of it.',
    body: z.strictObject({}),
    reply: webhookResult,
    handler: ({ subject }) => webhook.test(subject.username),
  });
}
