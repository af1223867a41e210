import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { PATHS } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { Denials } from './audit/denials.ts';
import { registerAuthRoutes } from './auth/routes.ts';
import { SetupCode } from './auth/setupCode.ts';
import { Closing } from './base/closing.ts';
import { lockDataFolder, openDataFolder } from './base/dataFolder.ts';
import { Failure, isErrno } from './base/failure.ts';
import { servePortal } from './base/http/portalFiles.ts';
import { PublicUrls, parsePublicUrl } from './base/publicUrls.ts';
import { createWebServer } from './base/server.ts';
import { keepFresh, readOwnCertificate } from './base/tls/certificates.ts';
import { LocalAuthority } from './base/tls/localAuthority.ts';
import { connectDevices } from './connectDevices.ts';
import { openServices } from './openServices.ts';
import type { HubServices } from './services.ts';

export type { HubConfig, HubServices } from './services.ts';

export interface HubOptions {
  /** Folder of mode 0700 for everything that the hub keeps; made when it is missing. */
  dataDir: string;
  /** Port 0 takes any free one. */
  listen: { host: string; port: number };
  /** `https://HOST[:PORT]`; without one, every name and address of this machine. */
  publicUrls?: readonly string[] | undefined;
  /** Files of an own certificate; without it the hub has its own authority. */
  certificate?: { certFile: string; keyFile: string } | undefined;
  /** The built portal. */
  portalDir: string;
  log?: Logger | undefined;
}

/** A running hub. */
export interface Hub {
  /** The URL to tell people. */
  readonly url: string;
  /** The code that makes the first admin; undefined when there is one already. */
  readonly setupCode: string | undefined;
  readonly services: HubServices;
  /** The web server, for requests without a network. */
  readonly app: FastifyInstance;
  /** Ends every connection and closes the database. Again is harmless. */
  close(): Promise<void>;
}

/** Starts a hub and returns once it accepts connections. Throws `Failure` with one sentence when it cannot. */
export async function buildHub(options: HubOptions): Promise<Hub> {
  const closing = new Closing();
  try {
    return await start(options, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function start(options: HubOptions, closing: Closing): Promise<Hub> {
  const { listen, portalDir, log = pino({ level: 'silent' }) } = options;
  const urls = new PublicUrls({ given: (options.publicUrls ?? []).map(parsePublicUrl), ...listen });
  const dataDir = openDataFolder(options.dataDir);
  closing.add(lockDataFolder(dataDir));
  const { authority, credentials } = await certificates(options, dataDir, urls);
  const ownCertificate = authority === undefined;
  const services = openServices({ dataDir, listen, urls, ownCertificate }, log, closing);
  const { audit, sessions, users, gate } = services;
  const denials = new Denials(audit);
  const guard = { resolve: sessions.resolve.bind(sessions), denied: denials.note.bind(denials) };
  const server = closing.add(createWebServer({ urls, credentials, ownCertificate, log, ...guard }));
  const { app, https, strangers } = server;
  // The gate goes first: a web server waits for the sockets that it upgraded.
  closing.add(gate).attach(https, strangers);
  const setupCode = users.hasAdmin ? undefined : new SetupCode();
  registerAuthRoutes(app, { ...services, setupCode });
  if (authority) serveAuthority(app, authority);
  closing.add(connectDevices(app, services));
  await servePortal(app, portalDir, urls);
  urls.usePort(await listenOn(app, https, listen));
  // Such as too many open files: connections are lost, the hub is not.
  https.on('error', (error) => log.error({ err: error }, 'a connection could not be accepted'));
  closing.add(keepFresh({ urls, authority, https, log }));
  return { url: urls.primary, setupCode: setupCode?.text, services, app, close: () => closing.close() };
}

async function certificates({ certificate }: HubOptions, dataDir: string, urls: PublicUrls) {
  if (certificate) {
    const credentials = readOwnCertificate(certificate.certFile, certificate.keyFile);
    return { authority: undefined, credentials };
  }
  const authority = await LocalAuthority.open({ dataDir, names: urls.names });
  return { authority, credentials: authority.credentials };
}

/** People install it in their browser, so that it trusts this hub. */
function serveAuthority(app: FastifyInstance, authority: LocalAuthority): void {
  app.get(PATHS.authority, { config: { right: 'public' } }, (_request, reply) =>
    reply
      .type('application/x-x509-ca-cert')
      .header('content-disposition', 'attachment; filename="porthole-authority.crt"')
      .send(authority.certificate),
  );
}

/** Returns the port in use. */
async function listenOn(app: FastifyInstance, https: Server, { host, port }: HubOptions['listen']): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    if (isErrno(error, 'EADDRINUSE')) throw new Failure(`Port ${port} on ${host} is in use by another program.`);
    if (isErrno(error, 'EACCES')) throw new Failure(`Port ${port} may not be used without more rights.`);
    if (isErrno(error, 'EADDRNOTAVAIL') || isErrno(error, 'ENOTFOUND'))
      throw new Failure(`${host} is not an address of this machine.`);
    throw error;
  }
  return (https.address() as AddressInfo).port;
}
