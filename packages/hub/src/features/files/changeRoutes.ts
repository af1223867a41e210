import {
  copyBody,
  type FileAsk,
  fileLine,
  fileProperties,
  folderBody,
  modeBody,
  outcome,
  progress,
  removeBody,
  renameBody,
} from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import { route } from '../../base/http/route.ts';
import { resultOf } from './fileAccess.ts';
import { shortened } from './fileAudit.ts';
import { answerInLines, deviceOf, FILES, type FileServices, openFor, PATHS_BODY } from './fileCalls.ts';

const OUTCOME = { item: progress, done: outcome };

/** Changes on a device, each in the log before the device hears of it. */
export function registerChanges(app: FastifyInstance, services: FileServices): void {
  registerSingle(app, services);
  registerRemoval(app, services);
  registerCopies(app, services, 'copy', 'Copies within the device; lines of JSON: progress, then the outcome.');
  registerCopies(app, services, 'move', 'Moves within the device; lines of JSON: progress, then the outcome.');
}

function registerSingle(app: FastifyInstance, services: FileServices): void {
  const { audit } = services;
  route(app, {
    method: 'POST',
    url: `${FILES}/folders`,
    right: 'files.write',
    summary: 'Makes a folder.',
    body: folderBody,
    reply: fileProperties,
    handler: async (call) => {
      audit.change(call.subject, deviceOf(call), 'folder', call.body);
      return await resultOf(await openFor(call, services, 'makeFolder', call.body), fileProperties);
    },
  });
  route(app, {
    method: 'POST',
    url: `${FILES}/rename`,
    right: 'files.write',
    summary: 'Gives one entry another name; never replaces anything.',
    body: renameBody,
    reply: fileProperties,
    handler: async (call) => {
      audit.change(call.subject, deviceOf(call), 'rename', call.body);
      return await resultOf(await openFor(call, services, 'rename', call.body), fileProperties);
    },
  });
  route(app, {
    method: 'POST',
    url: `${FILES}/mode`,
    right: 'files.write',
    summary: 'Sets the permissions of one entry.',
    body: modeBody,
    reply: fileProperties,
    handler: async (call) => {
      const { path, mode } = call.body;
      audit.change(call.subject, deviceOf(call), 'mode', { path, mode: mode.toString(8) });
      return await resultOf(await openFor(call, services, 'setMode', call.body), fileProperties);
    },
  });
}

function registerRemoval(app: FastifyInstance, services: FileServices): void {
  route(app, {
    method: 'POST',
    url: `${FILES}/remove`,
    right: 'files.write',
    summary: 'Removes entries, into the trash where there is one; lines of JSON: progress, then the outcome.',
    body: removeBody,
    bodyLimit: PATHS_BODY,
    reply: fileLine,
    handler: async (call) => {
      const { paths, forever } = call.body;
      services.audit.change(call.subject, deviceOf(call), 'remove', { ...shortened(paths), forever });
      return await answerInLines(call.reply, await openFor(call, services, 'remove', call.body), OUTCOME);
    },
  });
}

function registerCopies(
  app: FastifyInstance,
  services: FileServices,
  operation: 'copy' | 'move',
  summary: string,
): void {
  route<FileAsk<'copy'>>(app, {
    method: 'POST',
    url: `${FILES}/${operation}`,
    right: 'files.write',
    summary,
    body: copyBody,
    bodyLimit: PATHS_BODY,
    reply: fileLine,
    handler: async (call) => {
      const { paths, folder, conflict } = call.body;
      services.audit.change(call.subject, deviceOf(call), operation, { ...shortened(paths), folder, conflict });
      return await answerInLines(call.reply, await openFor(call, services, operation, call.body), OUTCOME);
    },
  });
}
