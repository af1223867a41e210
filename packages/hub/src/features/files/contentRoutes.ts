import { Readable } from 'node:stream';
import { contentQuery, fileProperties, followQuery, PortholeError, saveQuery } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import { acceptStreams } from '../../base/http/bodies.ts';
import { route } from '../../base/http/route.ts';
import { matchOf } from './conditions.ts';
import { SANDBOX } from './contentHeaders.ts';
import { resultOf } from './fileAccess.ts';
import { FileBody } from './fileBody.ts';
import { deviceOf, FILES, type FileServices, openFor } from './fileCalls.ts';
import { sendBody } from './sendBody.ts';
import { headOf, sendContent } from './sendContent.ts';

/** The text of a file that a person edits; anything larger is uploaded. */
const MAX_SAVE = 64 * 1024 * 1024;

/** The content of files, out of a device and, for text that was edited, back into it. */
export function registerContent(app: FastifyInstance, services: FileServices): void {
  registerReading(app, services);
  app.register(async (scope) => {
    acceptStreams(scope, 'application/octet-stream');
    registerSaving(scope, services);
  });
}

function registerReading(app: FastifyInstance, services: FileServices): void {
  route(app, {
    method: 'GET+HEAD',
    url: `${FILES}/content`,
    right: 'files.read',
    summary: 'The content of a file, whole or in part; breaks off when the file changes meanwhile.',
    query: contentQuery,
    handler: (call) => sendContent(call, services),
  });
  route(app, {
    method: 'GET',
    url: `${FILES}/follow`,
    right: 'files.read',
    summary: 'The content of a file from an offset on, and what is added to it, until the request is broken off.',
    query: followQuery,
    handler: async (call) => {
      const { path, offset = 0 } = call.query;
      services.audit.read(call.subject, deviceOf(call), path);
      const channel = await openFor(call, services, 'read', { path, offset, follow: true });
      await headOf(channel);
      return call.reply
        .headers({ 'content-security-policy': SANDBOX, 'content-disposition': 'attachment' })
        .type('application/octet-stream')
        .send(new FileBody(channel));
    },
  });
}

function registerSaving(app: FastifyInstance, services: FileServices): void {
  route(app, {
    method: 'PUT',
    url: `${FILES}/content`,
    right: 'files.write',
    summary: 'Replaces a text file, if it is still what `If-Match` names; without it, if there is none yet.',
    query: saveQuery,
    streams: true,
    handler: async (call) => {
      const { request, reply, query, subject } = call;
      const size = sizeOf(request.headers['content-length']);
      const etag = matchOf(request.headers);
      if (request.headers['if-match'] !== undefined && etag === undefined) throw new PortholeError('request.invalid');
      services.audit.change(subject, deviceOf(call), 'save', { path: query.path, size });
      const channel = await openFor(call, services, 'save', {
        path: query.path,
        size,
        ...(etag !== undefined && { etag }),
      });
      const body = request.body instanceof Readable ? request.body : Readable.from([]);
      if ((await sendBody(body, channel, { limit: size })) < size) channel.close('request.invalid');
      await channel.sendDone().catch(() => undefined);
      const saved = await resultOf(channel, fileProperties);
      if (saved.etag !== undefined) reply.header('etag', `"${saved.etag}"`);
      return saved;
    },
  });
}

/** Throws `request.invalid` without a length, `request.too-large`. */
function sizeOf(length: string | undefined): number {
  if (length === undefined) throw new PortholeError('request.invalid', 'The request must say how long its body is.');
  const size = Number(length);
  if (size > MAX_SAVE) throw new PortholeError('request.too-large');
  return size;
}
