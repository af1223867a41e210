import type { Capability } from '@porthole/protocol';
import type { Subject } from '../base/access.ts';
import { TokenBuckets } from '../base/tokenBuckets.ts';
import type { Audit } from './audit.ts';

/** Rows of one user: enough to see what was tried, too few to fill the disk by trying. */
const RULE = { capacity: 30, refillMs: 60_000 };

/** Logs what signed-in users asked for and may not do. Beyond the limit it is refused all the same, without another row. */
export class Denials {
  readonly #audit: Audit;
  readonly #rows: TokenBuckets;

  constructor(audit: Audit, now: () => number = Date.now) {
    this.#audit = audit;
    this.#rows = new TokenBuckets(RULE, now);
  }

  /** `deviceId` is whatever was asked for, '' for the hub itself. */
  note({ userId, username }: Subject, deviceId: string, capability: Capability): void {
    if (!this.#rows.take(userId)) return;
    this.#audit.append({ actor: username, action: 'access.denied', target: deviceId, detail: { capability } });
  }
}
