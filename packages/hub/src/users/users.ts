import { randomUUID } from 'node:crypto';
import { newPassword, PortholeError, type Role, userName } from '@porthole/protocol';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../base/db/database.ts';
import { hashPassword, verifyPassword } from './password.ts';

export interface User {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  /** Ms since 1970. */
  readonly createdAt: number;
}

export interface NewUser {
  username: string;
  role: Role;
  password: string;
  /** Who did it, for the log. */
  actor: string;
  /** Checked in the same transaction; throw there to refuse. */
  guard?: () => void;
  /** Done in the same transaction once the user is there. */
  alongside?: (user: User) => void;
}

/** The longest password in bytes of UTF-8. */
const MAX_PASSWORD_BYTES = 1024;

/** The accounts. Removing a user or changing a role or password ends that user's sessions. */
export class Users {
  readonly #db: Database;
  readonly #audit: Audit;

  constructor(db: Database, audit: Audit) {
    this.#db = db;
    this.#audit = audit;
  }

  list(): User[] {
    return this.#db.all(
      this.#db.sql.selectFrom('users').select(['id', 'username', 'role', 'createdAt']).orderBy('nameKey'),
    );
  }

  find(username: string): User | undefined {
    return this.#db.first(
      this.#db.sql
        .selectFrom('users')
        .select(['id', 'username', 'role', 'createdAt'])
        .where('nameKey', '=', keyOf(username)),
    );
  }

  /** True once somebody can administer the hub. */
  get hasAdmin(): boolean {
    return (
      this.#db.first(this.#db.sql.selectFrom('users').select('id').where('role', '=', 'admin').limit(1)) !== undefined
    );
  }

  /** Throws `user.exists`, `request.invalid` (name or password not allowed) or `auth.busy`. */
  async add({ username, role, password, actor, guard, alongside }: NewUser): Promise<User> {
    checkName(username);
    checkPassword(password);
    const hash = await hashPassword(password);
    const user = { id: randomUUID(), username: username.normalize('NFC'), role, createdAt: Date.now() };
    this.#db.transaction(() => {
      guard?.();
      if (this.find(username)) throw new PortholeError('user.exists');
      this.#audit.append({ actor, action: 'user.add', target: user.username, detail: { role } });
      this.#db.run(this.#db.sql.insertInto('users').values({ ...user, nameKey: keyOf(username), password: hash }));
      alongside?.(user);
    });
    return user;
  }

  /** The user whose name and password these are; undefined otherwise, after the same work. Throws `auth.busy`. */
  async verify(username: string, password: string): Promise<User | undefined> {
    const query = this.#db.sql.selectFrom('users').selectAll().where('nameKey', '=', keyOf(username));
    const row = this.#db.first(query);
    if (!(await verifyPassword(password, row?.password)) || !row) return undefined;
    // The account may have gone or changed while the hash was computed.
    const current = this.#db.first(query);
    if (current?.password !== row.password) return undefined;
    return { id: row.id, username: row.username, role: current.role, createdAt: row.createdAt };
  }

  /** Returns false when there is no such user. Throws `request.invalid` for the last admin. */
  remove(username: string, actor: string): boolean {
    return this.#db.transaction(() => {
      const user = this.find(username);
      if (!user) return false;
      this.#keepAnAdmin(user);
      this.#audit.append({ actor, action: 'user.remove', target: user.username });
      this.#db.run(this.#db.sql.deleteFrom('users').where('id', '=', user.id));
      return true;
    });
  }

  /**
   * Returns false when there is no such user. `keep` is the one session that goes on. Throws `request.invalid` (password not
   * allowed) or `auth.busy`.
   */
  async setPassword(
    username: string,
    password: string,
    { actor, keep = '' }: { actor: string; keep?: string },
  ): Promise<boolean> {
    checkPassword(password);
    const hash = await hashPassword(password);
    return this.#db.transaction(() => {
      const user = this.find(username);
      if (!user) return false;
      this.#audit.append({ actor, action: 'user.password', target: user.username });
      this.#db.run(this.#db.sql.updateTable('users').set({ password: hash }).where('id', '=', user.id));
      this.#db.run(this.#db.sql.deleteFrom('sessions').where('userId', '=', user.id).where('id', '!=', keep));
      return true;
    });
  }

  /** Returns false when there is no such user. Throws `request.invalid` when nobody would be left to administer. */
  setRole(username: string, role: Role, actor: string): boolean {
    return this.#db.transaction(() => {
      const user = this.find(username);
      if (!user) return false;
      if (role !== 'admin') this.#keepAnAdmin(user);
      this.#audit.append({ actor, action: 'user.role', target: user.username, detail: { role } });
      this.#db.run(this.#db.sql.updateTable('users').set({ role }).where('id', '=', user.id));
      this.#db.run(this.#db.sql.deleteFrom('sessions').where('userId', '=', user.id));
      return true;
    });
  }

  #keepAnAdmin(user: User): void {
    const admins = this.list().filter(({ role }) => role === 'admin');
    if (admins.length === 1 && admins[0]?.id === user.id)
      throw new PortholeError('request.invalid', `${user.username} is the only admin, and one is needed.`);
  }
}

/** Two names that look alike in case or composition are one account. */
export function keyOf(username: string): string {
  return username.normalize('NFC').toLowerCase();
}

function checkName(username: string): void {
  if (!userName.safeParse(username).success)
    throw new PortholeError(
      'request.invalid',
      'A user name begins with a letter or digit and goes on with letters, digits and . _ @ -, at most 64 in all.',
    );
}

function checkPassword(password: string): void {
  if (!newPassword.safeParse(password).success || Buffer.byteLength(password) > MAX_PASSWORD_BYTES)
    throw new PortholeError('request.invalid', 'A password has at least 10 characters and at most 1024 bytes.');
}
