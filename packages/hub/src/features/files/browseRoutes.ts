import {
  fileLine,
  filePage,
  fileProperties,
  foundEntries,
  hashBody,
  listQuery,
  pathQuery,
  places,
  searchQuery,
  thumbnailQuery,
} from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { route } from '../../base/http/route.ts';
import { resultOf } from './fileAccess.ts';
import { FileBody } from './fileBody.ts';
import { answerInLines, FILES, type FileServices, openFor } from './fileCalls.ts';

const LINES = {
  search: { item: foundEntries, done: z.strictObject({ truncated: z.boolean() }) },
  hash: { item: z.number(), done: z.strictObject({ sha256: z.string().length(64), size: z.number() }) },
};

/** Looking around: nothing here changes anything on a device. */
export function registerBrowsing(app: FastifyInstance, services: FileServices): void {
  registerFolders(app, services);
  registerFinding(app, services);
}

function registerFolders(app: FastifyInstance, services: FileServices): void {
  route(app, {
    method: 'GET',
    url: FILES,
    right: 'files.read',
    summary: 'One page of a folder; `next` of the answer is `after` of the page that follows.',
    query: listQuery,
    reply: filePage,
    handler: async (call) => resultOf(await openFor(call, services, 'list', call.query), filePage),
  });
  route(app, {
    method: 'GET',
    url: `${FILES}/places`,
    right: 'files.read',
    summary: 'Where one begins: drives, the folders of the user.',
    query: z.strictObject({}),
    reply: places,
    handler: async (call) => resultOf(await openFor(call, services, 'places', {}), places),
  });
  route(app, {
    method: 'GET',
    url: `${FILES}/properties`,
    right: 'files.read',
    summary: 'What one entry is.',
    query: pathQuery,
    reply: fileProperties,
    handler: async (call) => resultOf(await openFor(call, services, 'stat', call.query), fileProperties),
  });
}

function registerFinding(app: FastifyInstance, services: FileServices): void {
  route(app, {
    method: 'GET',
    url: `${FILES}/search`,
    right: 'files.read',
    summary: 'Searches for names below a folder; lines of JSON as they are found, until the request is broken off.',
    query: searchQuery,
    reply: fileLine,
    handler: async (call) => {
      const { hidden, ...query } = call.query;
      const channel = await openFor(call, services, 'search', { ...query, hidden: hidden === '1' });
      return await answerInLines(call.reply, channel, LINES.search);
    },
  });
  route(app, {
    method: 'POST',
    url: `${FILES}/hash`,
    right: 'files.read',
    summary: 'SHA-256 of a file; lines of JSON: bytes hashed so far, then the result.',
    body: hashBody,
    reply: fileLine,
    handler: async (call) => answerInLines(call.reply, await openFor(call, services, 'hash', call.body), LINES.hash),
  });
  route(app, {
    method: 'GET',
    url: `${FILES}/thumbnail`,
    right: 'files.read',
    summary: 'A small picture of an image or a video, as JPEG; with the etag of the file in `v` it may be kept.',
    query: thumbnailQuery,
    handler: async (call) => {
      const { v, path, size } = call.query;
      const body = new FileBody(await openFor(call, services, 'thumbnail', { path, size }));
      const caching = v === undefined ? 'private, no-cache' : 'private, max-age=604800, immutable';
      return call.reply.type('image/jpeg').header('cache-control', caching).send(body);
    },
  });
}
