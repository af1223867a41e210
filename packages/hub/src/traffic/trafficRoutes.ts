import { PATHS, traffic } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import { route } from '../base/http/route.ts';
import type { Traffics } from './traffics.ts';

/** What a device sends, as it was counted here. */
export function registerTrafficRoutes(app: FastifyInstance, traffics: Traffics): void {
  route(app, {
    method: 'GET',
    url: `${PATHS.devices}/:id/traffic`,
    right: 'stats',
    summary: 'What the device sends now and sent today, by feature.',
    reply: traffic,
    handler: ({ params }) => traffics.show(params.id ?? ''),
  });
}
