import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { WorkQueue } from '../base/workQueue.ts';

/** 32 MB and about 60 ms each; two at a time leave the machine usable while somebody guesses. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** Stands in for the hash of a user who does not exist, so that both answers cost the same. Nothing hashes to zeros. */
const NOBODY = ['scrypt', COST.N, COST.r, COST.p, zeros(SALT_BYTES), zeros(KEY_BYTES)].join('$');
const FORM = /^scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([\w-]+)\$([\w-]+)$/;

const queue = new WorkQueue({ running: 2, waiting: 64 });

/** Hashes a password with its own salt. The whole password counts, however long. Throws `auth.busy`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** True when the password belongs to the hash. Without a hash the same work is done and the answer is false. Throws `auth.busy`. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const match = FORM.exec(hash ?? NOBODY);
  if (!match) throw new Error('a stored password hash is damaged');
  const [, N, r, p, salt = '', expected = ''] = match;
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const key = await derive(password, Buffer.from(salt, 'base64url'), cost);
  const stored = Buffer.from(expected, 'base64url');
  return key.length === stored.length && timingSafeEqual(key, stored) && hash !== undefined;
}

/** Composed form, since keyboards differ in how they write the same letter. */
function derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  const options = { ...cost, maxmem: 128 * 1024 * 1024 };
  return queue.run(
    () =>
      new Promise((resolve, reject) => {
        scrypt(password.normalize('NFC'), salt, KEY_BYTES, options, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
}

function zeros(size: number): string {
  return Buffer.alloc(size).toString('base64url');
}
