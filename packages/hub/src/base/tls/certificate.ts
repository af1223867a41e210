// The library describes its ASN.1 with decorators, whose runtime must be there first.
import 'reflect-metadata';
import { generateKeyPairSync, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

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
  issuer: Certified | undefined;
}

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const { keyCertSign, cRLSign, digitalSignature } = x509.KeyUsageFlags;

/**
 * Makes a key and its certificate. Without `issuer` it is an authority that may sign leaves and nothing below them.
 * The library takes a fifth of a second to load: import this file only when a certificate has to be made.
 */
export async function certify(spec: CertificateSpec): Promise<Certified> {
  const pair = generateKeyPairSync('ec', { namedCurve: CURVE.namedCurve });
  const publicKey = pair.publicKey.toCryptoKey(CURVE, true, ['verify']);
  const issuer = spec.issuer && new x509.X509Certificate(spec.issuer.certificate.raw);
  const subject = [{ CN: [spec.commonName] }];
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject,
    issuer: issuer?.subjectName ?? subject,
    notBefore: spec.notBefore,
    notAfter: spec.notAfter,
    publicKey,
    signingKey: (spec.issuer?.key ?? pair.privateKey).toCryptoKey(CURVE, false, ['sign']),
    signingAlgorithm: { name: CURVE.name, hash: 'SHA-256' },
    extensions: [
      ...(issuer ? leafExtensions(spec.names, issuer) : authorityExtensions()),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ],
  });
  return { certificate: new X509Certificate(Buffer.from(made.rawData)), key: pair.privateKey };
}

function authorityExtensions(): x509.Extension[] {
  return [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(keyCertSign | cRLSign, true)];
}

function leafExtensions(names: readonly string[], issuer: x509.X509Certificate): x509.Extension[] {
  const signer = issuer.getExtension(x509.SubjectKeyIdentifierExtension);
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }))),
    ...(signer ? [new x509.AuthorityKeyIdentifierExtension(signer.keyId)] : []),
  ];
}

/** 16 random bytes in hex; the first bit is 0, so that it is positive in every reader, and the next is 1, so that it is never short. */
function newSerial(): string {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial.toString('hex');
}
