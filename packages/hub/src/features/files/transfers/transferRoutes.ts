import { createTransfer, PATHS, transfer, transfers as transferList } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import { route } from '../../../base/http/route.ts';
import { PATHS_BODY } from '../fileCalls.ts';
import type { Transfers } from './transfers.ts';

/** Copies from device to device. The right of a session is not enough: `Transfers` asks for those on both devices. */
export function registerTransfers(app: FastifyInstance, transfers: Transfers): void {
  route(app, {
    method: 'GET',
    url: PATHS.transfers,
    right: 'session',
    summary: 'The copies from device to device that the user started; all of them for an admin.',
    reply: transferList,
    handler: ({ subject }) => ({ transfers: transfers.list(subject) }),
  });
  route(app, {
    method: 'POST',
    url: PATHS.transfers,
    right: 'session',
    summary: 'Begins to copy from one device to another; needs files.read there and files.write here.',
    body: createTransfer,
    bodyLimit: PATHS_BODY,
    reply: transfer,
    handler: ({ subject, body }) => transfers.create(subject, body),
  });
  registerSteering(app, transfers);
}

function registerSteering(app: FastifyInstance, transfers: Transfers): void {
  route(app, {
    method: 'POST',
    url: `${PATHS.transfers}/:transfer/pause`,
    right: 'session',
    summary: 'Stops a copy until it is resumed.',
    reply: transfer,
    handler: ({ subject, params }) => transfers.pause(subject, params.transfer ?? ''),
  });
  route(app, {
    method: 'POST',
    url: `${PATHS.transfers}/:transfer/resume`,
    right: 'session',
    summary: 'Goes on with a copy that was paused or failed.',
    reply: transfer,
    handler: ({ subject, params }) => transfers.resume(subject, params.transfer ?? ''),
  });
  route(app, {
    method: 'DELETE',
    url: `${PATHS.transfers}/:transfer`,
    right: 'session',
    summary: 'Ends a copy; one that is over is taken off the list.',
    handler: ({ subject, params }) => transfers.remove(subject, params.transfer ?? ''),
  });
}
