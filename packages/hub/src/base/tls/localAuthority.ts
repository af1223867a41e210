import type { X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { CertificateSpec, Certified } from './certificate.ts';
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
  #leaf: Certified;

  private constructor(authority: Certified, leaf: Certified, { dataDir, now = Date.now }: AuthorityOptions) {
    this.#authority = authority;
    this.#leaf = leaf;
    this.#leafPath = leafPathIn(dataDir);
    this.#now = now;
  }

  /** Reads both or makes what is missing. Throws `Failure` when a file is open to others. */
  static async open(options: AuthorityOptions): Promise<LocalAuthority> {
    const { dataDir, names, now = Date.now } = options;
    const authority = await loadAuthority(join(dataDir, 'authority.pem'), now());
    const stored = loadCertified(leafPathIn(dataDir));
    const leaf = stored ?? (await issueLeaf(authority, names, now()));
    if (!stored) saveCertified(leafPathIn(dataDir), leaf);
    const opened = new LocalAuthority(authority, leaf, options);
    await opened.renew(names);
    return opened;
  }

  /** The certificate that people install, as PEM. */
  get certificate(): string {
    return this.#authority.certificate.toString();
  }

  /** What the server presents, as PEM. */
  get credentials(): { cert: string; key: string } {
    return { cert: this.#leaf.certificate.toString(), key: pemOfKey(this.#leaf.key) };
  }

  /** Makes a new leaf for `names` if the present one ends soon or lacks one of `needed`. True when it did. */
  async renew(names: readonly string[], needed: readonly string[] = names): Promise<boolean> {
    const now = this.#now();
    if (!leafIsStale(this.#facts(), needed, now)) return false;
    const leaf = await issueLeaf(this.#authority, names, now);
    saveCertified(this.#leafPath, leaf);
    this.#leaf = leaf;
    return true;
  }

  #facts() {
    const { certificate } = this.#leaf;
    return {
      notAfter: certificate.validToDate.getTime(),
      covers: namesOn(certificate),
      ours: certificate.verify(this.#authority.certificate.publicKey),
    };
  }
}

function leafPathIn(dataDir: string): string {
  return join(dataDir, 'leaf.pem');
}

/** An authority that has run out is worth nothing to anybody, so a new one is made. */
async function loadAuthority(path: string, now: number): Promise<Certified> {
  const stored = loadCertified(path);
  if (stored && stored.certificate.validToDate.getTime() > now + DAY) return stored;
  const made = await certify({
    commonName: `Porthole authority of ${hostname().replace(/[^\w.-]/g, '')}`.slice(0, 64),
    notBefore: new Date(now - BACKDATED_MS),
    notAfter: new Date(now + AUTHORITY_MS),
    names: [],
    issuer: undefined,
  });
  saveCertified(path, made);
  return made;
}

function issueLeaf(authority: Certified, names: readonly string[], now: number): Promise<Certified> {
  return certify({
    commonName: 'Porthole hub',
    notBefore: new Date(now - BACKDATED_MS),
    notAfter: new Date(Math.min(now + LEAF_MS - BACKDATED_MS, authority.certificate.validToDate.getTime())),
    names,
    issuer: authority,
  });
}

/** Loads what makes certificates only now: nearly every start finds them made. */
async function certify(spec: CertificateSpec): Promise<Certified> {
  return (await import('./certificate.ts')).certify(spec);
}

/** Node writes alternative names as `DNS:a, IP Address:b`, with IPv6 in its long form. */
export function namesOn({ subjectAltName = '' }: X509Certificate): Set<string> {
  const names = subjectAltName.split(', ').map((entry) => entry.replace(/^(DNS|IP Address):/, '').toLowerCase());
  return new Set(names.map((name) => (name.includes(':') ? shortest(name) : name)));
}

function shortest(address: string): string {
  return URL.parse(`https://[${address}]`)?.hostname.slice(1, -1) ?? address;
}
