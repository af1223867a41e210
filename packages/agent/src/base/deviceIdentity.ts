import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from './privateFile.ts';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
/** DER around a raw Ed25519 public key (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** The device's key pair; made on the device, never leaves it. */
export interface DeviceIdentity {
  /** Hash of the public key: 26 characters of base32. */
  readonly id: string;
  /** Raw 32 bytes as base64url. */
  readonly publicKey: string;
  /** Ed25519 signature of the text, as base64url. */
  sign(text: string): string;
}

/** Loads the key from the data folder, making it at the first start. */
export function loadDeviceIdentity(folder: string): DeviceIdentity {
  const path = join(folder, 'device-key.pem');
  const pem = readPrivateFile(path) ?? createKey(path);
  const key = createPrivateKey(pem);
  const raw = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(SPKI_PREFIX.length);
  return {
    id: base32(createHash('sha256').update(raw).digest().subarray(0, 16)),
    publicKey: raw.toString('base64url'),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
  };
}

/** The hub's, in the form that checks: every channel is signed with it, and reading it takes as long as the check. */
let lastKey: { publicKey: string; key: KeyObject } | undefined;

/** Checks a signature of the hub. `publicKey` is raw, base64url. */
export function verifyText(publicKey: string, text: string, signature: string): boolean {
  if (lastKey?.publicKey !== publicKey) lastKey = { publicKey, key: keyOf(publicKey) };
  return verify(null, Buffer.from(text), lastKey.key, Buffer.from(signature, 'base64url'));
}

function keyOf(publicKey: string): KeyObject {
  const der = Buffer.concat([SPKI_PREFIX, Buffer.from(publicKey, 'base64url')]);
  return createPublicKey({ key: der, type: 'spki', format: 'der' });
}

function createKey(path: string): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  writePrivateFile(path, pem);
  return pem;
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}
