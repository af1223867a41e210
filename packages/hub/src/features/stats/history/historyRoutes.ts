import { askHistory, history, historyTop, PATHS, PortholeError, retention } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { route } from '../../../base/http/route.ts';
import type { HubSetting } from '../../../settings/hubSetting.ts';
import type { HistoryStore } from './historyStore.ts';
import { readHistory, readTop } from './readHistory.ts';

export interface HistoryParts {
  store: HistoryStore;
  retention: HubSetting<z.infer<typeof retention>>;
  /** Puts what is only in memory on the disk, where it is read. */
  flush: () => void;
  exists: (deviceId: string) => boolean;
}

const moment = z.strictObject({ at: z.coerce.number().int().nonnegative() });

/** What was, and how long it is kept. */
export function registerHistory(app: FastifyInstance, { store, retention: kept, flush, exists }: HistoryParts): void {
  const known = (id = '') => {
    if (!exists(id)) throw new PortholeError('not-found');
    return id;
  };
  route(app, {
    method: 'GET',
    url: `${PATHS.devices}/:id/history`,
    right: 'stats',
    summary: 'How the device was, as fine as the points allow.',
    query: askHistory,
    reply: history,
    handler: ({ params, query }) => {
      if (query.to <= query.from) throw new PortholeError('request.invalid', 'The end has to be after the beginning.');
      const question = { deviceId: known(params.id), ...query };
      flush();
      return readHistory(store, question, { retention: kept.value, now: Date.now() });
    },
  });
  route(app, {
    method: 'GET',
    url: `${PATHS.devices}/:id/history/top`,
    right: 'stats',
    summary: 'Which processes were the busiest and the largest around a moment.',
    query: moment,
    reply: historyTop,
    handler: ({ params, query }) => {
      const deviceId = known(params.id);
      flush();
      return readTop(store, deviceId, query.at);
    },
  });
  route(app, {
    method: 'GET',
    url: PATHS.historySettings,
    right: 'admin',
    summary: 'How long the history is kept.',
    reply: retention,
    handler: () => kept.value,
  });
  route(app, {
    method: 'PUT',
    url: PATHS.historySettings,
    right: 'admin',
    summary: 'Sets how long the history is kept; what is older is deleted soon.',
    body: retention,
    handler: ({ subject, body }) => kept.set(body, subject.username),
  });
}
