import { type ConvertedHead, convertedHead, media, pathQuery, pictureQuery, playQuery } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import { route } from '../../base/http/route.ts';
import { SANDBOX } from './contentHeaders.ts';
import { fitting, resultOf } from './fileAccess.ts';
import { FileBody } from './fileBody.ts';
import { deviceOf, FILES, type FileServices, openFor, pacedBody } from './fileCalls.ts';
import type { FileChannel } from './fileChannel.ts';

/** What browsers cannot show or play as it is: converted on the device while it is read. */
export function registerConverting(app: FastifyInstance, services: FileServices): void {
  registerPictures(app, services);
  registerPlaying(app, services);
}

function registerPictures(app: FastifyInstance, services: FileServices): void {
  route(app, {
    method: 'GET',
    url: `${FILES}/picture`,
    right: 'files.read',
    summary: 'A picture in a format that browsers show, upright; with the etag of the file in `v` it may be kept.',
    query: pictureQuery,
    handler: async (call) => {
      const { v, path, size } = call.query;
      services.audit.read(call.subject, deviceOf(call), path);
      const channel = await openFor(call, services, 'picture', { path, size });
      const { type } = await convertedHeadOf(channel);
      const caching = v === undefined ? 'private, no-cache' : 'private, max-age=3600, immutable';
      return call.reply
        .headers({ 'content-security-policy': SANDBOX, 'cache-control': caching })
        .type(type)
        .send(new FileBody(channel));
    },
  });
}

function registerPlaying(app: FastifyInstance, services: FileServices): void {
  route(app, {
    method: 'GET',
    url: `${FILES}/media`,
    right: 'files.read',
    summary: 'What is in a film or a sound: length, codecs, tags.',
    query: pathQuery,
    reply: media,
    handler: async (call) => resultOf(await openFor(call, services, 'media', call.query), media),
  });
  route(app, {
    method: 'GET',
    url: `${FILES}/play`,
    right: 'files.read',
    summary: 'A film or a sound from a time on, as fragmented MP4 that is made while it is read.',
    query: playQuery,
    handler: async (call) => {
      services.audit.read(call.subject, deviceOf(call), call.query.path);
      const { from = 0, ...ask } = call.query;
      const channel = await openFor(call, services, 'play', { ...ask, from });
      const { type } = await convertedHeadOf(channel);
      return call.reply
        .headers({ 'content-security-policy': SANDBOX, 'cache-control': 'no-store' })
        .type(type)
        .send(pacedBody(call, services, channel));
    },
  });
}

/** The first message of something converted, checked: what it says becomes a header. */
async function convertedHeadOf(channel: FileChannel): Promise<ConvertedHead> {
  const first = await channel.next();
  return fitting(convertedHead, first.type === 'item' ? first.json : undefined);
}
