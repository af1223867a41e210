import { type contentQuery, type FileHead, fileHead, PortholeError } from '@porthole/protocol';
import type { FastifyReply } from 'fastify';
import type * as z from 'zod';
import type { Call } from '../../base/http/route.ts';
import { judge, mayContinue } from './conditions.ts';
import { contentHeaders } from './contentHeaders.ts';
import { type ContentRange, parseRange } from './contentRange.ts';
import { fitting } from './fileAccess.ts';
import { deviceOf, type FileServices, openFor, pacedBody } from './fileCalls.ts';
import type { FileChannel } from './fileChannel.ts';

type ContentCall = Call<unknown, z.infer<typeof contentQuery>>;

const CONDITIONS = ['range', 'if-match', 'if-none-match', 'if-modified-since'] as const;
/** What can stand between quotes in a header. */
const ETAG = /^[\x21\x23-\x7e]+$/;

/**
 * Answers with the content of a file, or with the part that was asked for. Only what has conditions costs a question
 * beforehand; the answer is then bound to the version that they were judged by.
 */
export async function sendContent(call: ContentCall, services: FileServices): Promise<FastifyReply> {
  const { query, request, reply } = call;
  const { headers, method } = request;
  if (method !== 'HEAD' && CONDITIONS.every((name) => headers[name] === undefined)) {
    services.audit.read(call.subject, deviceOf(call), query.path);
    const channel = await openFor(call, services, 'read', { path: query.path });
    const head = await headOf(channel);
    return sendPart(call, services, head, { channel, range: { kind: 'whole' } });
  }
  const asked = await openFor(call, services, 'read', { path: query.path, length: 0 });
  const head = await headOf(asked);
  asked.close();
  const verdict = judge(headers, head);
  if (verdict === 'changed') throw new PortholeError('file.changed');
  reply.headers(contentHeaders(query, head));
  if (verdict === 'not-modified') return reply.code(304).send();
  const range: ContentRange = mayContinue(request.headers['if-range']?.toString(), head)
    ? parseRange(headers.range, head.size)
    : { kind: 'whole' };
  if (range.kind === 'none') throw refuseRange(reply, head.size);
  if (method === 'HEAD') return reply.header('content-length', head.size).send();
  services.audit.read(call.subject, deviceOf(call), query.path);
  const { start: offset, length } = span(range, head.size);
  const channel = await openFor(call, services, 'read', { path: query.path, offset, length, etag: head.etag });
  await headOf(channel);
  return sendPart(call, services, head, { channel, range });
}

/** The first message of a `read`, checked: what it says becomes headers. */
export async function headOf(channel: FileChannel): Promise<FileHead> {
  const first = await channel.next();
  const head = fitting(fileHead, first.type === 'item' ? first.json : undefined);
  if (!ETAG.test(head.etag) || !Number.isSafeInteger(head.size)) throw new PortholeError('message.invalid');
  return head;
}

interface Part {
  channel: FileChannel;
  range: Exclude<ContentRange, { kind: 'none' }>;
}

function sendPart(call: ContentCall, services: FileServices, head: FileHead, { channel, range }: Part): FastifyReply {
  const { query, reply } = call;
  const { start, length } = span(range, head.size);
  reply.headers(contentHeaders(query, head)).header('content-length', length);
  if (range.kind === 'part')
    reply.code(206).header('content-range', `bytes ${start}-${start + length - 1}/${head.size}`);
  return reply.send(pacedBody(call, services, channel, length));
}

function span(range: Part['range'], size: number): { start: number; length: number } {
  return range.kind === 'whole' ? { start: 0, length: size } : { start: range.start, length: range.end - range.start };
}

function refuseRange(reply: FastifyReply, size: number): PortholeError {
  reply.header('content-range', `bytes */${size}`);
  for (const name of ['etag', 'content-disposition', 'accept-ranges', 'last-modified']) reply.removeHeader(name);
  return new PortholeError('file.range');
}
