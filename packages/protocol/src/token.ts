import { PortholeError } from './errors.ts';

/** An enrolment token: a secret, and the public key of the hub that the agent shall pin. */
export interface EnrolmentToken {
  secret: string;
  hubKey: string;
}

const FORM = /^ph1\.([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/;

/** `ph1.<secret>.<hub public key>`, both 32 bytes as base64url. */
export function formatToken({ secret, hubKey }: EnrolmentToken): string {
  return `ph1.${secret}.${hubKey}`;
}

export function parseToken(text: string): EnrolmentToken {
  const match = FORM.exec(text.trim());
  if (!match?.[1] || !match[2]) throw new PortholeError('token.invalid');
  return { secret: match[1], hubKey: match[2] };
}
