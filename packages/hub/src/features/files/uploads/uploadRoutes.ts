import { Readable } from 'node:stream';
import { BATCH_TYPE, batchResults, PortholeError, type UploadState } from '@porthole/protocol';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { acceptStreams } from '../../../base/http/bodies.ts';
import { type Call, route } from '../../../base/http/route.ts';
import { BodyChunks } from '../bodyChunks.ts';
import { verdictOn } from '../failures.ts';
import { deviceOf, FILES } from '../fileCalls.ts';
import { checkVersion, readOffset, readWish, TUS, TUS_BODY } from './tusHeaders.ts';
import { UPLOAD_LIFE_MS } from './uploadRows.ts';
import type { Uploader, Uploads } from './uploads.ts';

const URL = `${FILES}/uploads`;
/** Clients come back after this one, and begin anew after any other that is not a success. */
const LOCKED = 423;
type AnyCall = Call<undefined, undefined>;

/** Uploads by the tus protocol 1.0.0, and batches of small files. */
export function registerUploads(app: FastifyInstance, uploads: Uploads): void {
  app.register(async (scope) => {
    acceptStreams(scope, TUS_BODY);
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('tus-resumable', TUS.version);
    });
    registerCreation(scope, uploads);
    registerProgress(scope, uploads);
    registerEnd(scope, uploads);
  });
  registerBatches(app, uploads);
}

function registerCreation(app: FastifyInstance, uploads: Uploads): void {
  route(app, {
    method: 'OPTIONS',
    url: URL,
    right: 'files.write',
    summary: 'What of the tus protocol is spoken.',
    handler: ({ reply }) =>
      reply.code(204).headers({ 'tus-version': TUS.version, 'tus-extension': TUS.extensions }).send(),
  });
  route(app, {
    method: 'POST',
    url: URL,
    right: 'files.write',
    summary: 'Begins an upload (tus: creation, creation-with-upload); the metadata names folder, name and conflict.',
    streams: true,
    handler: async (call) => {
      checkVersion(call.request.headers);
      const wish = readWish(call.request.headers);
      const uploader = uploaderOf(call);
      const body = bodyOf(call);
      if (body && call.request.headers['content-length'] === String(wish.size)) {
        const state = await uploads.takeWhole(uploader, wish, body);
        tell(call.reply, state).header('location', `${pathOf(call)}/done`);
        return call.reply.code(201).send();
      }
      const begun = body ? uploads.createWith(uploader, wish, body) : uploads.create(uploader, wish);
      const { row, state } = await begun;
      tell(call.reply, state).header('location', `${pathOf(call)}/${row.id}`);
      return call.reply.code(201).send();
    },
  });
}

/** Not of tus, which knows one file for each request. */
function registerBatches(app: FastifyInstance, uploads: Uploads): void {
  app.register(async (scope) => {
    acceptStreams(scope, BATCH_TYPE);
    route(scope, {
      method: 'POST',
      url: `${FILES}/batches`,
      right: 'files.write',
      summary: 'Takes many small files in one body: what they are, then their content, one behind the other.',
      reply: batchResults,
      streams: true,
      handler: async (call) => {
        const body = bodyOf(call);
        if (!body) throw new PortholeError('request.media-type');
        const chunks = new BodyChunks(body);
        try {
          return await uploads.takeMany(uploaderOf(call), chunks);
        } finally {
          chunks.close();
        }
      },
    });
  });
}

function registerProgress(app: FastifyInstance, uploads: Uploads): void {
  route(app, {
    method: 'HEAD',
    url: `${URL}/:upload`,
    right: 'files.write',
    summary: 'How far an upload is.',
    handler: async (call) => {
      checkVersion(call.request.headers);
      const look = await uploads.look(uploaderOf(call), uploadOf(call)).catch(passing);
      if (!look) return call.reply.code(LOCKED).send();
      const { size, metadata, state, touchedAt } = look.row;
      tell(call.reply, { offset: look.offset, state }, touchedAt).header('upload-length', size);
      if (metadata !== '') call.reply.header('upload-metadata', metadata);
      return call.reply.code(200).send();
    },
  });
  route(app, {
    method: 'PATCH',
    url: `${URL}/:upload`,
    right: 'files.write',
    summary: 'Goes on with an upload where the device is.',
    streams: true,
    handler: async (call) => {
      checkVersion(call.request.headers);
      const offset = readOffset(call.request.headers);
      const body = bodyOf(call);
      const { state } = await uploads.append(uploaderOf(call), uploadOf(call), { offset, body });
      return tell(call.reply, state).code(204).send();
    },
  });
}

function registerEnd(app: FastifyInstance, uploads: Uploads): void {
  route(app, {
    method: 'DELETE',
    url: `${URL}/:upload`,
    right: 'files.write',
    summary: 'Takes an upload back; nothing is left on the device.',
    handler: async (call) => {
      checkVersion(call.request.headers);
      await uploads.cancel(uploaderOf(call), uploadOf(call));
    },
  });
}

/** Undefined for a reason that passes by itself. Throws any other. */
function passing(error: unknown): undefined {
  if (!(error instanceof PortholeError) || verdictOn(error.code) !== 'wait') throw error;
}

/** A body of the one media type that holds content; undefined for none. Throws `request.media-type`. */
function bodyOf({ request }: AnyCall): Readable | undefined {
  const { body } = request;
  if (body === undefined || body === null) return undefined;
  if (!(body instanceof Readable)) throw new PortholeError('request.media-type');
  return body;
}

function uploaderOf(call: AnyCall): Uploader {
  const { subject, reply } = call;
  return {
    subject,
    deviceId: deviceOf(call),
    bind: (channel) => {
      reply.raw.once('close', () => channel.close());
      return channel;
    },
  };
}

function uploadOf({ params }: AnyCall): string {
  return params.upload ?? '';
}

/** Relative to the hub, so that it holds under every name of it. */
function pathOf(call: AnyCall): string {
  return URL.replace(':id', deviceOf(call));
}

function tell(reply: FastifyReply, { offset, state }: UploadState, touchedAt = Date.now()): FastifyReply {
  reply.header('upload-offset', offset);
  if (state === 'receiving') reply.header('upload-expires', new Date(touchedAt + UPLOAD_LIFE_MS).toUTCString());
  return reply.header('porthole-upload-state', state);
}
