import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '@porthole/protocol';
import type { Logger } from 'pino';
import type { Subject } from '../base/access.ts';
import type { Database } from '../base/db/database.ts';
import { StorageError } from '../base/db/storageError.ts';
import { readCookie } from './cookie.ts';

export type { Subject } from '../base/access.ts';

const DAY = 86_400_000;
/** A session ends when it was not used for `idleMs`, and `absoluteMs` after sign-in at the latest. */
export const SESSION_LIFE = { idleMs: 14 * DAY, absoluteMs: 90 * DAY } as const;
/** Use is written down this often at most; a crash costs no more than that of the idle time. */
const TOUCH_MS = 300_000;
/** Sessions of one user; the one unused the longest makes room. */
const MAX_PER_USER = 64;
const POLL_MS = 500;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

interface Life {
  createdAt: number;
  lastSeen: number;
}

interface Entry extends Life {
  subject: Subject;
  /** What the table holds as `lastSeen`. */
  written: number;
}

/** True when a session with that life is over at `now`. */
export function hasExpired({ createdAt, lastSeen }: Life, now: number): boolean {
  return now - lastSeen >= SESSION_LIFE.idleMs || now - createdAt >= SESSION_LIFE.absoluteMs;
}

/**
 * Who is signed in: a table, and a copy of it in memory so that asking costs nothing. Changes that other processes make
 * are noticed within a second. Call `close()` when done.
 */
export class Sessions {
  readonly #db: Database;
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<(sessionId: string) => void>();
  readonly #timer: NodeJS.Timeout;
  #dataVersion: number;

  constructor(db: Database, { now = Date.now, log }: { now?: () => number; log?: Logger } = {}) {
    this.#db = db;
    this.#now = now;
    this.#dataVersion = db.dataVersion;
    this.#reread();
    this.#timer = setInterval(() => {
      try {
        this.poll();
      } catch (error) {
        // The next round tries again; of its own outages the database tells by itself.
        if (!(error instanceof StorageError)) log?.error({ err: error }, 'sessions could not be checked');
      }
    }, POLL_MS);
    this.#timer.unref();
  }

  /** Starts a session, as part of a transaction if there is one; `secret` is for the cookie and is kept nowhere. */
  create(user: { id: string; username: string; role: Role }): { secret: string; subject: Subject } {
    const secret = randomBytes(32).toString('base64url');
    const now = this.#now();
    const subject = { sessionId: idOf(secret), userId: user.id, username: user.username, role: user.role };
    const row = { id: subject.sessionId, userId: user.id, createdAt: now, lastSeen: now };
    this.#db.transaction(() => {
      this.#makeRoom(user.id);
      this.#db.run(this.#db.sql.insertInto('sessions').values(row));
      this.#db.afterCommit(() =>
        this.#entries.set(subject.sessionId, { subject, createdAt: now, lastSeen: now, written: now }),
      );
    });
    return { secret, subject };
  }

  /** The subject of a `Cookie` header; undefined when nobody is signed in with it. */
  resolve(cookieHeader: string | undefined): Subject | undefined {
    const secret = readCookie(cookieHeader);
    if (secret === undefined || !SECRET.test(secret)) return undefined;
    const entry = this.#entries.get(idOf(secret));
    if (!entry) return undefined;
    const now = this.#now();
    if (hasExpired(entry, now)) return undefined;
    entry.lastSeen = now;
    return entry.subject;
  }

  /** Ends one session, as part of a transaction if there is one; nothing happens when it is over already. */
  end(sessionId: string): void {
    this.#db.run(this.#db.sql.deleteFrom('sessions').where('id', '=', sessionId));
    this.#db.afterCommit(() => this.#forget(sessionId));
  }

  /** Calls `listener` with the id of every session that ends, for whatever reason. Returns how to stop that. */
  onEnded(listener: (sessionId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends what expired, takes over what other processes changed, writes down what was used. Called by a timer. */
  poll(): void {
    const version = this.#db.dataVersion;
    if (version !== this.#dataVersion) this.refresh();
    // Only once that worked, so that a failure is made up for.
    this.#dataVersion = version;
    const now = this.#now();
    for (const [id, entry] of this.#entries) if (hasExpired(entry, now)) this.end(id);
    this.#touch(TOUCH_MS);
  }

  /** Takes over the table after a user of this very process was changed. */
  refresh(): void {
    const ended = this.#reread();
    // Connections end whether or not the rows can be tidied away.
    for (const id of ended) this.#tell(id);
    if (ended.length > 0) this.#db.run(this.#db.sql.deleteFrom('sessions').where('id', 'in', ended.slice(0, 1000)));
  }

  close(): void {
    clearInterval(this.#timer);
    try {
      this.#touch(1);
    } finally {
      this.#entries.clear();
      this.#listeners.clear();
    }
  }

  /** Returns the ids that are no longer valid as they were. */
  #reread(): string[] {
    const rows = this.#db.all(
      this.#db.sql
        .selectFrom('sessions')
        .innerJoin('users', 'users.id', 'sessions.userId')
        .select(['sessions.id', 'userId', 'username', 'role', 'sessions.createdAt', 'lastSeen']),
    );
    const before = new Map(this.#entries);
    this.#entries.clear();
    for (const { id, userId, username, role, createdAt, lastSeen } of rows) {
      const known = before.get(id);
      if (known && known.subject.role !== role) continue;
      const subject = { sessionId: id, userId, username, role };
      this.#entries.set(id, known ?? { subject, createdAt, lastSeen, written: lastSeen });
    }
    return [...before.keys()].filter((id) => !this.#entries.has(id));
  }

  /** Writes down, all at once, the use of sessions that went on for `ms` since it was last written down. */
  #touch(ms: number): void {
    const used = [...this.#entries.values()].filter(({ lastSeen, written }) => lastSeen - written >= ms);
    if (used.length === 0) return;
    this.#db.transaction(() => {
      for (const { lastSeen, subject } of used)
        this.#db.run(this.#db.sql.updateTable('sessions').set({ lastSeen }).where('id', '=', subject.sessionId));
    });
    for (const entry of used) entry.written = entry.lastSeen;
  }

  #makeRoom(userId: string): void {
    const own = [...this.#entries.values()].filter((entry) => entry.subject.userId === userId);
    if (own.length < MAX_PER_USER) return;
    own.sort((one, other) => one.lastSeen - other.lastSeen);
    for (const entry of own.slice(0, own.length - MAX_PER_USER + 1)) this.end(entry.subject.sessionId);
  }

  #forget(sessionId: string): void {
    if (this.#entries.delete(sessionId)) this.#tell(sessionId);
  }

  #tell(sessionId: string): void {
    for (const listener of [...this.#listeners]) listener(sessionId);
  }
}

function idOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
