/**
 * What was: figures of every device over time, what was noticed, and the rules for it. In `history`, `step` is 0 for samples as
 * they came, a minute of them in a row. Its order keeps together what is written together, and what expires together.
 */
export const health = `
CREATE TABLE historyDevices (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  deviceId TEXT UNIQUE
) STRICT;

CREATE TABLE history (
  step INTEGER NOT NULL,
  at INTEGER NOT NULL,
  device INTEGER NOT NULL,
  figures BLOB NOT NULL,
  top TEXT,
  PRIMARY KEY (step, at, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE alertRules (
  id TEXT PRIMARY KEY,
  rule TEXT NOT NULL,
  createdAt INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE alerts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  rule TEXT NOT NULL,
  kind TEXT NOT NULL,
  device TEXT NOT NULL,
  value REAL,
  threshold REAL,
  process TEXT,
  raisedAt INTEGER NOT NULL,
  clearedAt INTEGER
) STRICT;
CREATE UNIQUE INDEX alertsOn ON alerts (rule, device) WHERE clearedAt IS NULL;

CREATE TABLE alertGoodbyes (deviceId TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE webhookQueue (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  body TEXT NOT NULL
) STRICT;
`;
