import { errnoOf, Failure } from './failure.ts';

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was broken off',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name could not be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'it does not answer',
  EPROTO: 'it does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

/** Why a hub cannot be talked to, in one sentence. */
export function connectionFailure(hub: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = errnoOf(error);
  const known = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined;
  if (known) return new Failure(`${hub} cannot be reached: ${known}.`);
  const isForeign = /CERT|ISSUER|SIGNATURE|CHAIN|pinned/.test(`${code} ${error instanceof Error ? error.message : ''}`);
  if (isForeign) {
    return new Failure(
      `${hub} is not the hub that was pinned; if that is as it should be, use 'porthole login' again.`,
    );
  }
  return new Failure(`${hub} cannot be reached (${code || 'unknown reason'}).`);
}
