import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import {
  addressBytes,
  bitString,
  boolean,
  type Der,
  element,
  integer,
  objectId,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from './der.ts';

/** A key and the certificate of its public half. */
export interface Certified {
  certificate: X509Certificate;
  key: KeyObject;
}

/** The certificate to make: X.509 v3 (RFC 5280), ECDSA P-256 with SHA-256. */
export interface CertificateSpec {
  commonName: string;
  notBefore: Date;
  notAfter: Date;
  /** DNS names and IP addresses that it is for; none for an authority. */
  names: readonly string[];
  /** Who signs; undefined for an authority that signs itself. */
  issuer: (Certified & { commonName: string }) | undefined;
}

const Oid = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const;

/** keyUsage bits, each with how many bits at the end are unused: digitalSignature, and keyCertSign with cRLSign. */
const USAGE = { leaf: bitString(Buffer.from([0x80]), 7), authority: bitString(Buffer.from([0x06]), 1) };
const ALGORITHM = sequence(objectId(Oid.ecdsaWithSha256));

/** Makes a key and its certificate. Without `issuer` it is an authority that may sign leaves and nothing below them. */
export function certify(spec: CertificateSpec): Certified {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = toBeSigned(spec, publicKey);
  const signature = sign('sha256', body, spec.issuer?.key ?? privateKey);
  return { certificate: new X509Certificate(sequence(body, ALGORITHM, bitString(signature))), key: privateKey };
}

function toBeSigned(spec: CertificateSpec, publicKey: KeyObject): Der {
  const version3 = element(0xa0, integer(Buffer.from([2])));
  // The first bit is 0, so that the number is positive in every reader, and the next is 1, so that it is never short.
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return sequence(
    version3,
    integer(serial),
    ALGORITHM,
    nameOf(spec.issuer?.commonName ?? spec.commonName),
    sequence(time(spec.notBefore), time(spec.notAfter)),
    nameOf(spec.commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(...extensions(spec, publicKey))),
  );
}

function extensions({ names, issuer }: CertificateSpec, publicKey: KeyObject): Der[] {
  const own = extension(Oid.subjectKeyId, false, octetString(keyIdOf(publicKey)));
  if (!issuer) {
    const noneBelow = integer(Buffer.from([0]));
    return [
      extension(Oid.basicConstraints, true, sequence(boolean(true), noneBelow)),
      extension(Oid.keyUsage, true, USAGE.authority),
      own,
    ];
  }
  return [
    extension(Oid.basicConstraints, true, sequence()),
    extension(Oid.keyUsage, true, USAGE.leaf),
    extension(Oid.extendedKeyUsage, false, sequence(objectId(Oid.serverAuth))),
    extension(Oid.subjectAltName, false, sequence(...names.map(altName))),
    own,
    extension(Oid.authorityKeyId, false, sequence(element(0x80, keyIdOf(issuer.certificate.publicKey)))),
  ];
}

function extension(id: string, critical: boolean, value: Der): Der {
  return sequence(objectId(id), ...(critical ? [boolean(true)] : []), octetString(value));
}

/** GeneralName: [2] is a DNS name, [7] an address. */
function altName(name: string): Der {
  return isIP(name) ? element(0x87, addressBytes(name)) : element(0x82, Buffer.from(name, 'ascii'));
}

function nameOf(commonName: string): Der {
  return sequence(set(sequence(objectId(Oid.commonName), utf8String(commonName))));
}

/** Any value that names the key serves; this one is unique whatever the key. */
function keyIdOf(publicKey: KeyObject): Buffer {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest().subarray(0, 20);
}
