import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { readPrivateFile, writePrivateFile } from './privateFile.ts';

/** The key by which agents know this hub; apart from the web certificate, so that certificates can change. */
export interface HubIdentity {
  /** Raw 32 bytes as base64url, 43 characters. */
  readonly publicKey: string;
  /** Signature of the UTF-8 text as base64url, 86 characters. */
  sign(text: string): string;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Reads the hub's identity, or makes it at first use. Two processes at once end up with the same one. Throws `Failure` when it is damaged. */
export function loadHubIdentity(dataDir: string): HubIdentity {
  const path = join(dataDir, 'identity.pem');
  let pem = readPrivateFile(path);
  if (pem === undefined) {
    writePrivateFile(path, newKey(), 'create');
    pem = readPrivateFile(path);
  }
  return identityOf(readKey(pem ?? '', path));
}

function newKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function readKey(pem: string, path: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw new Failure(`${path} is damaged: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new Failure(`${path} is damaged: it holds no Ed25519 key.`);
}

function identityOf(key: KeyObject): HubIdentity {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (!x) throw new Failure('The identity of the hub has no public key.');
  return {
    publicKey: x,
    sign: (text) => signBytes(null, Buffer.from(text), key).toString('base64url'),
  };
}

/** True when `signature` is the one of `text` by the Ed25519 key `publicKey`. False, never an error, on anything malformed. */
export function verifyText(publicKey: string, text: string, signature: string): boolean {
  const signed = decode(signature, 64);
  if (!decode(publicKey, 32) || !signed) return false;
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    return verifyBytes(null, Buffer.from(text), key, signed);
  } catch {
    return false;
  }
}

/** Bytes of canonical base64url of exactly that size; undefined otherwise, since a second spelling would be a second name. */
function decode(text: string, size: number): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === size && bytes.toString('base64url') === text ? bytes : undefined;
}

/** The id of a device: lower-case base32 of the first 16 bytes of the SHA-256 of its raw public key (base64url). 26 characters. */
export function deviceIdOf(publicKey: string): string {
  const hash = createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest().subarray(0, 16);
  let bits = '';
  for (const byte of hash) bits += byte.toString(2).padStart(8, '0');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}
