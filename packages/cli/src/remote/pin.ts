import { X509Certificate } from 'node:crypto';
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { ConnectionOptions, PeerCertificate, TLSSocket } from 'node:tls';
import { PATHS } from '@porthole/protocol';
import { connectionFailure } from './connectionFailure.ts';
import { Failure } from './failure.ts';

/** The one certificate that the hub must have shown (`leaf`), or have been signed by (`authority`), as PEM. */
export interface Pin {
  kind: 'authority' | 'leaf';
  certificate: string;
}

/** Largest certificate that is read from a server that nobody trusts yet. */
const MAX_BYTES = 64 * 1024;
const PROBE_MS = 15_000;

/** What a TLS connection to a hub of that pin accepts: nothing else, whatever the system trusts. */
export function tlsFor({ kind, certificate }: Pin): ConnectionOptions {
  if (kind === 'authority') return { ca: certificate };
  const { fingerprint256 } = new X509Certificate(certificate);
  return {
    ca: certificate,
    allowPartialTrustChain: true,
    checkServerIdentity: (_host: string, shown: PeerCertificate) =>
      shown.fingerprint256 === fingerprint256 ? undefined : new Error('not the certificate that was pinned'),
  };
}

/** SHA-256 of the pinned certificate, as pairs of digits between colons. */
export function fingerprintOf({ certificate }: Pin): string {
  return new X509Certificate(certificate).fingerprint256;
}

/** True when both name the same certificate, however they are written. */
export function isSameFingerprint(one: string, other: string): boolean {
  const plain = (text: string) =>
    text
      .replace(/^sha256:/i, '')
      .replaceAll(/[:\s]/g, '')
      .toLowerCase();
  return plain(one) === plain(other);
}

/**
 * What of a hub could be pinned, the best first: its authority, so that its certificate may be renewed, then the
 * certificate itself. Nothing that is learned here is trusted yet. Throws `Failure`.
 */
export async function findPins(hub: string): Promise<Pin[]> {
  const { leaf, authority } = await probe(hub);
  const pins: Pin[] = [{ kind: 'leaf', certificate: leaf.toString() }];
  if (authority && leaf.checkIssued(authority) && leaf.verify(authority.publicKey)) {
    pins.unshift({ kind: 'authority', certificate: authority.toString() });
  }
  return pins;
}

/** Shows nothing of ours, and asks for the authority that everybody may have. */
async function probe(hub: string): Promise<{ leaf: X509Certificate; authority: X509Certificate | undefined }> {
  const url = new URL(PATHS.authority, hub);
  return await new Promise((resolve, reject) => {
    const asking = request(url, { rejectUnauthorized: false, agent: false, timeout: PROBE_MS }, (answer) => {
      const leaf = (answer.socket as TLSSocket).getPeerX509Certificate();
      if (!leaf) return reject(new Failure(`${hub} shows no certificate.`));
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.byteLength;
        if (size > MAX_BYTES) answer.destroy(new Failure(`${hub} is no hub.`));
      });
      const isThere = answer.statusCode === 200;
      buffer(answer).then((body) => resolve({ leaf, authority: isThere ? parseCertificate(body) : undefined }), reject);
    });
    asking.on('timeout', () => asking.destroy(new Failure(`${hub} does not answer.`)));
    asking.on('error', (error) => reject(connectionFailure(hub, error)));
    asking.end();
  });
}

function parseCertificate(bytes: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(bytes);
  } catch {
    return undefined;
  }
}
