import { archiveBody, archiveNamed, archiveQuery, preparedArchive } from '@porthole/protocol';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { route } from '../../../base/http/route.ts';
import { contentDisposition } from '../contentDisposition.ts';
import { SANDBOX } from '../contentHeaders.ts';
import { shortened } from '../fileAudit.ts';
import { type AnyCall, deviceOf, FILES, type FileServices, openFor, PATHS_BODY, pacedBody } from '../fileCalls.ts';
import { archiveName } from './archiveName.ts';
import type { ArchiveOwner, PreparedArchives } from './preparedArchives.ts';

/** Downloads of several things as one zip: a few named by the address, any number prepared before. */
export function registerArchives(app: FastifyInstance, services: FileServices, prepared: PreparedArchives): void {
  route(app, {
    method: 'GET',
    url: `${FILES}/archive`,
    right: 'files.read',
    summary: 'Everything below the paths as one zip.',
    query: archiveQuery,
    handler: (call) => sendArchive(call, services, { paths: call.query.path, name: call.query.name }),
  });
  route(app, {
    method: 'POST',
    url: `${FILES}/archives`,
    right: 'files.read',
    summary: 'Prepares a zip of more paths than an address holds; it can be downloaded for ten minutes.',
    body: archiveBody,
    bodyLimit: PATHS_BODY,
    reply: preparedArchive,
    handler: (call) => {
      call.reply.code(201);
      return { id: prepared.add(ownerOf(call), call.body.paths) };
    },
  });
  route(app, {
    method: 'GET',
    url: `${FILES}/archives/:archive`,
    right: 'files.read',
    summary: 'A zip that was prepared.',
    query: archiveNamed,
    handler: (call) => {
      const paths = prepared.paths(ownerOf(call), call.params.archive ?? '');
      return sendArchive(call, services, { paths, name: call.query.name });
    },
  });
}

function ownerOf(call: AnyCall): ArchiveOwner {
  return { user: call.subject.userId, device: deviceOf(call) };
}

async function sendArchive(
  call: AnyCall,
  services: FileServices,
  { paths, name }: { paths: readonly string[]; name: string | undefined },
): Promise<FastifyReply> {
  services.audit.change(call.subject, deviceOf(call), 'archive', shortened(paths));
  const channel = await openFor(call, services, 'archive', { paths: [...paths] });
  return call.reply
    .headers({
      'content-security-policy': SANDBOX,
      'content-disposition': contentDisposition('attachment', `${name ?? archiveName(paths)}.zip`),
    })
    .type('application/zip')
    .send(pacedBody(call, services, channel));
}
