import type { X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Certified, certify } from './certificate.ts';
import { loadCertified, pemOfKey, saveCertified } from './keyFile.ts';
import { leafIsStale } from './leafIsStale.ts';

const DAY = 86_400_000;
const AUTHORITY_MS = 3650 * DAY;
/** Browsers refuse leaves of public authorities that live longer, and some treat private ones alike. */
const LEAF_MS = 397 * DAY;
/** Clocks of other machines may be behind. */
const BACKDATED_MS = DAY;

export interface AuthorityOptions {
  dataDir: string;
  /** DNS names and IP addresses that the hub is reached by. */
  names: readonly string[];
  now?: () => number;
}

/**
 * The hub's own certificate authority and the leaf it signed for the server. People install the authority once; leaves
 * come and go.
 */
export class LocalAuthority {
  readonly #leafPath: string;
  readonly #now: () => number;
  readonly #authority: Certified;
  #leaf: Certified | undefined;

  /** Reads both or makes what is missing. Throws `Failure` when a file is open to others. */
  constructor({ dataDir, names, now = Date.now }: AuthorityOptions) {
    this.#now = now;
    this.#authority = loadAuthority(join(dataDir, 'authority.pem'), now());
    this.#leafPath = join(dataDir, 'leaf.pem');
    this.#leaf = loadCertified(this.#leafPath);
    this.renew(names);
  }

  /** The certificate that people install, as PEM. */
  get certificate(): string {
    return this.#authority.certificate.toString();
  }

  /** What the server presents, as PEM. */
  get credentials(): { cert: string; key: string } {
    if (!this.#leaf) throw new Error('there is always a leaf once the constructor has returned');
    return { cert: this.#leaf.certificate.toString(), key: pemOfKey(this.#leaf.key) };
  }

  /** Makes a new leaf for `names` if the present one ends soon or lacks one of `needed`. True when it did. */
  renew(names: readonly string[], needed: readonly string[] = names): boolean {
    const now = this.#now();
    if (this.#leaf && !leafIsStale(this.#factsOf(this.#leaf), needed, now)) return false;
    this.#leaf = this.#issue(names, now);
    saveCertified(this.#leafPath, this.#leaf);
    return true;
  }

  #issue(names: readonly string[], now: number): Certified {
    const { certificate } = this.#authority;
    return certify({
      commonName: 'Porthole hub',
      notBefore: new Date(now - BACKDATED_MS),
      notAfter: new Date(Math.min(now + LEAF_MS - BACKDATED_MS, certificate.validToDate.getTime())),
      names,
      issuer: { ...this.#authority, commonName: commonNameOf(certificate) },
    });
  }

  #factsOf({ certificate }: Certified) {
    return {
      notAfter: certificate.validToDate.getTime(),
      covers: namesOn(certificate),
      ours: certificate.verify(this.#authority.certificate.publicKey),
    };
  }
}

/** An authority that has run out is worth nothing to anybody, so a new one is made. */
function loadAuthority(path: string, now: number): Certified {
  const stored = loadCertified(path);
  if (stored && stored.certificate.validToDate.getTime() > now + DAY) return stored;
  const made = certify({
    commonName: `Porthole authority of ${hostname().replace(/[^\w.-]/g, '')}`.slice(0, 64),
    notBefore: new Date(now - BACKDATED_MS),
    notAfter: new Date(now + AUTHORITY_MS),
    names: [],
    issuer: undefined,
  });
  saveCertified(path, made);
  return made;
}

function commonNameOf({ subject }: X509Certificate): string {
  return subject.replace(/^CN=/, '');
}

/** Node writes alternative names as `DNS:a, IP Address:b`, with IPv6 in its long form. */
export function namesOn({ subjectAltName = '' }: X509Certificate): Set<string> {
  const names = subjectAltName.split(', ').map((entry) => entry.replace(/^(DNS|IP Address):/, '').toLowerCase());
  return new Set(names.map((name) => (name.includes(':') ? shortest(name) : name)));
}

function shortest(address: string): string {
  return URL.parse(`https://[${address}]`)?.hostname.slice(1, -1) ?? address;
}
