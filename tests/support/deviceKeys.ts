import { generateKeyPairSync, sign } from 'node:crypto';

/** A device's key pair, made for a test. */
export function deviceKeys() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ format: 'jwk' }).x ?? '',
    sign: (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
  };
}
export type DeviceKeys = ReturnType<typeof deviceKeys>;
