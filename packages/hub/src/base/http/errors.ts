import type { ServerResponse } from 'node:http';
import { ERRORS, type ErrorBody, type ErrorCode, PortholeError } from '@porthole/protocol';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from 'pino';

/** The catalogue's words for what Fastify itself refuses. */
const FOREIGN: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too-large',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
  FST_ERR_BAD_URL: 'not-found',
};

export function errorReply(error: PortholeError): ErrorBody {
  return { code: error.code, message: error.message };
}

/** Any error as one of the catalogue; undefined for what nobody foresaw. */
export function translate(error: unknown): PortholeError | undefined {
  if (error instanceof PortholeError) return error;
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode } = error as Partial<FastifyError>;
  const known = code === undefined ? undefined : FOREIGN[code];
  if (known) return new PortholeError(known);
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500
    ? new PortholeError('request.invalid')
    : undefined;
}

/** Answers with a code of the catalogue, whatever went wrong; the unforeseen is logged and told to nobody. */
export function replyWithError(reply: FastifyReply, error: unknown, log: Logger): void {
  const known = translate(error);
  if (!known)
    log.error({ err: error, method: reply.request.method, route: reply.request.routeOptions.url }, 'request failed');
  const answer = known ?? new PortholeError('internal');
  if (answer.code === 'auth.slow-down' || answer.code === 'auth.busy') reply.header('retry-after', '5');
  reply.code(answer.status).type('application/json; charset=utf-8').send(errorReply(answer));
}

/** Errors and unknown paths of `app` are answered as the catalogue says. */
export function answerErrors(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error, _request, reply) => replyWithError(reply, error, log));
  app.setNotFoundHandler((_request, reply) => replyWithError(reply, new PortholeError('not-found'), log));
}

/** For answers given outside Fastify. */
export function endWithError(response: ServerResponse, code: ErrorCode): void {
  const body = JSON.stringify({ code, message: ERRORS[code].message });
  response.writeHead(ERRORS[code].status, { 'content-type': 'application/json; charset=utf-8', connection: 'close' });
  response.end(body);
}
