import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:https';
import { isIPv6 } from 'node:net';
import type { Logger } from 'pino';
import { Failure } from '../failure.ts';
import type { PublicUrls } from '../publicUrls.ts';
import type { Credentials } from '../server.ts';
import type { LocalAuthority } from './localAuthority.ts';

const CHECK_MS = 60_000;

/** Reads a certificate chain and key that the owner gave. Throws `Failure` saying what is wrong with them. */
export function readOwnCertificate(certFile: string, keyFile: string): Credentials {
  const credentials = { cert: readText(certFile), key: readText(keyFile) };
  let fits: boolean;
  try {
    fits = new X509Certificate(credentials.cert).checkPrivateKey(createPrivateKey(credentials.key));
  } catch (error) {
    throw new Failure(`The certificate cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (!fits) throw new Failure(`The key in ${keyFile} does not belong to the certificate in ${certFile}.`);
  return credentials;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Failure(`${path} cannot be read.`);
  }
}

/**
 * Keeps names and certificate of a running hub right: a machine that moves to another network answers there, and the leaf
 * is renewed in time, without a restart. IPv6 addresses that come and go by the day are left for the next renewal, since
 * whoever has accepted a certificate by hand would have to do so again each time. The result ends it.
 */
export function keepFresh(parts: {
  urls: PublicUrls;
  authority: LocalAuthority | undefined;
  https: Server;
  log: Logger;
}): { close(): Promise<void> } {
  const { urls, authority, https, log } = parts;
  const check = async () => {
    try {
      urls.refresh();
      const needed = urls.names.filter((name) => !isIPv6(name));
      if (authority && (await authority.renew(urls.names, needed))) https.setSecureContext(authority.credentials);
    } catch (error) {
      log.error({ err: error }, 'the certificate could not be renewed');
    }
  };
  let checking = Promise.resolve();
  const timer = setInterval(() => {
    checking = checking.then(check);
  }, CHECK_MS);
  timer.unref();
  return {
    close() {
      clearInterval(timer);
      return checking;
    },
  };
}
