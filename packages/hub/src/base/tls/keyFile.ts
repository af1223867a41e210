import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readPrivateFile, writePrivateFile } from '../privateFile.ts';
import type { Certified } from './certificate.ts';

/** Key and certificate live in one file, so that no crash can leave a pair that does not fit. */
export function saveCertified(path: string, { certificate, key }: Certified): void {
  writePrivateFile(path, `${pemOfKey(key)}${certificate.toString()}`, 'replace');
}

/** Undefined when there is no such file, or nothing usable in it: then it is made anew. Throws `Failure` when others may read it. */
export function loadCertified(path: string): Certified | undefined {
  const pem = readPrivateFile(path);
  const blocks = pem?.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g) ?? [];
  const [keyPem, certificatePem] = blocks;
  if (!keyPem || !certificatePem) return undefined;
  const certified = { key: createPrivateKey(keyPem), certificate: new X509Certificate(certificatePem) };
  return certified.certificate.checkPrivateKey(certified.key) ? certified : undefined;
}

export function pemOfKey(key: Certified['key']): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
