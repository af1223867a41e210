import { createRun, outputQuery, PATHS, run, runLine, runPage, runsQuery } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import { type Call, route } from '../../base/http/route.ts';
import type { OutputReaders } from './outputReaders.ts';
import type { Runs } from './runs.ts';

/** Bytes of a body: a thousand devices, and as much of a command as one message to a device can hold. */
const RUN_BODY = 512 * 1024;
const RUN = `${PATHS.runs}/:run`;

/** Commands on many devices. The right of a session is not enough: `Runs` asks for `terminal` on every device. */
export function registerRuns(app: FastifyInstance, runs: Runs, readers: OutputReaders): void {
  route(app, {
    method: 'POST',
    url: PATHS.runs,
    right: 'session',
    summary: 'Runs a command on devices; needs terminal on each of them.',
    body: createRun,
    bodyLimit: RUN_BODY,
    reply: run,
    handler: ({ subject, body }) => runs.create(subject, body),
  });
  route(app, {
    method: 'GET',
    url: PATHS.runs,
    right: 'session',
    summary: 'The runs that the user began, the newest first; all of them for an admin.',
    query: runsQuery,
    reply: runPage,
    handler: ({ subject, query }) => runs.list(subject, query),
  });
  registerOne(app, runs);
  route(app, {
    method: 'GET',
    url: `${RUN}/output`,
    right: 'session',
    summary: 'What the commands wrote, and what became of them, in lines of JSON; with `follow` until the run is over.',
    query: outputQuery,
    reply: runLine,
    handler: ({ subject, params, query, reply }) => {
      const lines = readers.open(subject, params.run ?? '', query);
      reply.raw.once('close', () => lines.destroy());
      return reply.type('application/x-ndjson; charset=utf-8').send(lines);
    },
  });
}

function registerOne(app: FastifyInstance, runs: Runs): void {
  const idOf = ({ params }: Call<unknown, unknown>) => params.run ?? '';
  route(app, {
    method: 'GET',
    url: RUN,
    right: 'session',
    summary: 'One run, with what became of it on every device.',
    reply: run,
    handler: (call) => runs.get(call.subject, idOf(call)),
  });
  route(app, {
    method: 'POST',
    url: `${RUN}/cancel`,
    right: 'session',
    summary: 'Ends what runs and begins nothing more.',
    reply: run,
    handler: (call) => runs.cancel(call.subject, idOf(call)),
  });
  route(app, {
    method: 'DELETE',
    url: RUN,
    right: 'session',
    summary: 'Cancels a run that is not over, and forgets it with its output.',
    handler: (call) => runs.remove(call.subject, idOf(call)),
  });
}
