import { randomBytes } from 'node:crypto';
import { PortholeError, type SavedCommand, saveCommand } from '@porthole/protocol';
import type { Audit } from '../../audit/audit.ts';
import { allows, type Subject } from '../../base/access.ts';
import type { Database } from '../../base/db/database.ts';
import type { Schema } from '../../base/db/schema.ts';
import type { DeviceDirectory } from '../../devices/directory.ts';

type Row = Schema['savedCommands'];
/** What people wrote of it, checked. */
export type Saved = Omit<SavedCommand, 'id' | 'owner' | 'changeable' | 'changedAt'>;

/** Commands that are kept, of all users together. */
const MAX_SAVED = 500;

export interface SavedCommandsServices {
  db: Database;
  audit: Audit;
  directory: DeviceDirectory;
}

/**
 * Commands that people keep, for everyone who may run commands somewhere; to all others there are none. Only who saved one
 * changes it, and admins.
 */
export class SavedCommands {
  readonly #services: SavedCommandsServices;

  constructor(services: SavedCommandsServices) {
    this.#services = services;
  }

  /** By name. What an older version stored and nobody can read any more is left out. */
  list(subject: Subject): SavedCommand[] {
    if (!this.#mayRun(subject)) return [];
    const { db } = this.#services;
    const rows = db.all(db.sql.selectFrom('savedCommands').selectAll());
    const shown = rows.flatMap((row) => show(row, subject) ?? []);
    return shown.sort((one, other) => one.name.localeCompare(other.name));
  }

  /** Throws `not-found` for who may run commands nowhere, `command.limit`. */
  add(subject: Subject, saved: Saved): SavedCommand {
    if (!this.#mayRun(subject)) throw new PortholeError('not-found');
    const { userId, username } = subject;
    const id = randomBytes(12).toString('base64url');
    const row = { id, userId, username, saved: JSON.stringify(saved), changedAt: Date.now() };
    const { db } = this.#services;
    db.transaction(() => {
      const count = db.all(db.sql.selectFrom('savedCommands').select('id')).length;
      if (count >= MAX_SAVED) throw new PortholeError('command.limit');
      this.#log(subject, 'command.save', id, saved.name);
      db.run(db.sql.insertInto('savedCommands').values(row));
    });
    return shown(row, subject);
  }

  /** Throws `command.unknown`, also for one that is not the user's to change. */
  replace(subject: Subject, id: string, saved: Saved): SavedCommand {
    const row = { ...this.#changeable(subject, id), saved: JSON.stringify(saved), changedAt: Date.now() };
    const { db } = this.#services;
    db.transaction(() => {
      this.#log(subject, 'command.save', id, saved.name);
      const change = db.sql.updateTable('savedCommands').set({ saved: row.saved, changedAt: row.changedAt });
      db.run(change.where('id', '=', id));
    });
    return shown(row, subject);
  }

  /** Throws as `replace`. */
  remove(subject: Subject, id: string): void {
    this.#changeable(subject, id);
    const { db } = this.#services;
    db.transaction(() => {
      this.#log(subject, 'command.remove', id, '');
      db.run(db.sql.deleteFrom('savedCommands').where('id', '=', id));
    });
  }

  #changeable(subject: Subject, id: string): Row {
    const { db } = this.#services;
    const row = db.first(db.sql.selectFrom('savedCommands').selectAll().where('id', '=', id));
    if (!row || !this.#mayRun(subject) || !isChangeable(row, subject)) throw new PortholeError('command.unknown');
    return row;
  }

  #mayRun(subject: Subject): boolean {
    return this.#services.directory.ids.some((id) => allows(subject, id, 'terminal'));
  }

  #log({ username }: Subject, action: string, target: string, name: string): void {
    this.#services.audit.append({ actor: username, action, target, detail: { name } });
  }
}

function isChangeable({ userId }: Row, subject: Subject): boolean {
  return userId === subject.userId || subject.role === 'admin';
}

function show(row: Row, subject: Subject): SavedCommand | undefined {
  const saved = saveCommand.safeParse(JSON.parse(row.saved));
  return saved.success ? shown(row, subject) : undefined;
}

function shown(row: Row, subject: Subject): SavedCommand {
  const { id, username, saved, changedAt } = row;
  return {
    id,
    owner: username,
    changeable: isChangeable(row, subject),
    changedAt,
    ...saveCommand.parse(JSON.parse(saved)),
  };
}
