/** The first layout: accounts, devices and the log. */
export const first = `
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  username TEXT NOT NULL,
  nameKey TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('admin', 'operator', 'viewer')),
  password TEXT NOT NULL,
  createdAt INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  userId TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  createdAt INTEGER NOT NULL,
  lastSeen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessionsByUser ON sessions (userId);

CREATE TABLE devices (
  id TEXT PRIMARY KEY,
  publicKey TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  toggles TEXT NOT NULL,
  stats TEXT,
  lastSeen INTEGER NOT NULL,
  createdAt INTEGER NOT NULL,
  removedAt INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  createdBy TEXT NOT NULL,
  createdAt INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  usesLeft INTEGER NOT NULL CHECK (usesLeft >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE thumbnails (
  deviceId TEXT PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
  version TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  at INTEGER NOT NULL,
  jpeg BLOB NOT NULL
) STRICT;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER auditKeepsRows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER auditKeepsText BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
`;
