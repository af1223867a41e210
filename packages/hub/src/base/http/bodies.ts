import type { FastifyInstance } from 'fastify';

/** A body that is not a stream has to be there by then, in ms. */
const BODY_MS = 30_000;

/**
 * Ends connections whose body does not come. Node's own limit is for all requests alike, and would cut off an upload of
 * an hour; routes that stream watch their bodies themselves, and only what is left after the answer is limited here.
 */
export function limitBodies(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw, routeOptions }, reply) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = raw.headers;
    if (encoding === undefined && (length === undefined || length === '0')) return;
    const limit = () => {
      const timer = setTimeout(() => {
        // The connection may be serving its next request by then.
        if (!raw.complete) raw.socket.destroy();
      }, BODY_MS);
      timer.unref();
      raw.once('end', () => clearTimeout(timer));
    };
    if (routeOptions.config.streams) reply.raw.once('finish', limit);
    else limit();
  });
}

/** Hands bodies of that media type to the routes of `app` as the stream that they are; anything else stays JSON. */
export function acceptStreams(app: FastifyInstance, mediaType: string): void {
  app.addContentTypeParser(mediaType, (_request, body, done) => done(null, body));
}
