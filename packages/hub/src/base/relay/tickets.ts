import { createHash, randomBytes } from 'node:crypto';
import { type FeatureName, LIMITS, PortholeError } from '@porthole/protocol';

/** What a ticket is good for: one channel of one feature on one device, for one viewer of one session. */
export interface TicketRight {
  sessionId: string;
  deviceId: string;
  feature: FeatureName;
  /** The page that asked; the channel may run on another connection of the same session. */
  viewer: string;
}

const MAX_TICKETS_PER_SESSION = 256;

/**
 * Tickets that were issued and not used yet: random, single use, short-lived, in memory only (a restarted hub knows none).
 * Only hashes are kept, so that neither a heap dump nor a slow comparison gives one away.
 */
export class Tickets {
  readonly #rights = new Map<string, { right: TicketRight; expires: number }>();
  readonly #perSession = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  issue(right: TicketRight): string {
    this.#expire();
    if ((this.#perSession.get(right.sessionId) ?? 0) >= MAX_TICKETS_PER_SESSION)
      throw new PortholeError('channel.limit');
    const ticket = randomBytes(32).toString('base64url');
    this.#rights.set(hash(ticket), { right, expires: this.#now() + LIMITS.ticketMs });
    this.#count(right.sessionId, 1);
    return ticket;
  }

  /** Uses the ticket up, whatever comes of it. Throws `ticket.invalid` for one that is unknown, used, late or another's. */
  redeem(ticket: string, sessionId: string): TicketRight {
    const key = hash(ticket);
    const entry = this.#rights.get(key);
    if (!entry) throw new PortholeError('ticket.invalid');
    this.#drop(key, entry.right.sessionId);
    if (entry.expires < this.#now() || entry.right.sessionId !== sessionId) throw new PortholeError('ticket.invalid');
    return entry.right;
  }

  /** Insertion order is expiry order, so only the oldest need a look. */
  #expire(): void {
    for (const [key, { right, expires }] of this.#rights) {
      if (expires >= this.#now()) return;
      this.#drop(key, right.sessionId);
    }
  }

  #drop(key: string, sessionId: string): void {
    this.#rights.delete(key);
    this.#count(sessionId, -1);
  }

  #count(sessionId: string, by: number): void {
    const count = (this.#perSession.get(sessionId) ?? 0) + by;
    if (count > 0) this.#perSession.set(sessionId, count);
    else this.#perSession.delete(sessionId);
  }
}

function hash(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64');
}
