import { type FileAsk, type FileOperation, PATHS } from '@porthole/protocol';
import type { FastifyReply } from 'fastify';
import type { Call } from '../../base/http/route.ts';
import type { FileAccess } from './fileAccess.ts';
import type { FileAudit } from './fileAudit.ts';
import { FileBody } from './fileBody.ts';
import type { FileChannel } from './fileChannel.ts';
import { FileLines, type LineSchemas } from './fileLines.ts';
import type { Paces } from './pacing/paces.ts';

/** What the routes of files work with. */
export interface FileServices {
  access: FileAccess;
  audit: FileAudit;
  paces: Paces;
}

/** A call of any of the routes, for what all of them share. */
export type AnyCall = Call<unknown, unknown>;

/** Under which the routes of one device's files are. */
export const FILES = `${PATHS.devices}/:id/files`;
/** Bytes of a body that names many paths; more than that fits no message to a device. */
export const PATHS_BODY = 240 * 1024;

/** The device that the call is about. */
export function deviceOf({ params }: AnyCall): string {
  return params.id ?? '';
}

/** Opens a channel for a request; it ends with the request, whoever hangs up. Rejects as `FileAccess.open` throws. */
export async function openFor<Operation extends FileOperation>(
  call: AnyCall,
  { access }: FileServices,
  operation: Operation,
  ask: FileAsk<Operation>,
): Promise<FileChannel> {
  await access.reach(call.subject, deviceOf(call));
  const channel = access.open(call.subject, deviceOf(call), operation, ask);
  if (call.reply.raw.closed) channel.close();
  else call.reply.raw.once('close', () => channel.close());
  return channel;
}

/** Content that may be large, at the pace that leaves room for what the same person looks at. It owns the channel. */
export function pacedBody(call: AnyCall, { paces }: FileServices, channel: FileChannel, length?: number): FileBody {
  const { pace, done } = paces.join(call.subject.sessionId);
  return new FileBody(channel, { pace, ...(length !== undefined && { length }) }).once('close', done);
}

/** Answers in lines; a refusal before the first one has its own status. */
export async function answerInLines(
  reply: FastifyReply,
  channel: FileChannel,
  schemas: LineSchemas,
): Promise<FastifyReply> {
  const first = await channel.next();
  return reply.type('application/x-ndjson; charset=utf-8').send(new FileLines(channel, first, schemas));
}
