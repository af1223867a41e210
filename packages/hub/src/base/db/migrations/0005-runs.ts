/** Commands on many devices: what was asked, what became of it, what they wrote, and commands that people keep. */
export const runs = `
CREATE TABLE runs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  userId TEXT NOT NULL,
  username TEXT NOT NULL,
  what TEXT NOT NULL,
  words TEXT NOT NULL,
  folder TEXT,
  timeoutMs INTEGER NOT NULL,
  concurrency INTEGER NOT NULL,
  paced INTEGER NOT NULL,
  input TEXT,
  createdAt INTEGER NOT NULL,
  deadline INTEGER NOT NULL,
  endedAt INTEGER,
  counts TEXT,
  kept INTEGER NOT NULL
) STRICT;
CREATE INDEX runsByUser ON runs (userId, seq);
CREATE INDEX runsUnderWay ON runs (seq) WHERE endedAt IS NULL;

CREATE TABLE runDevices (
  runId TEXT NOT NULL,
  deviceId TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  code INTEGER,
  signal TEXT,
  timedOut INTEGER,
  error TEXT,
  startedAt INTEGER,
  endedAt INTEGER,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (runId, deviceId)
) STRICT, WITHOUT ROWID;

CREATE TABLE runOutput (
  id INTEGER PRIMARY KEY,
  runId TEXT NOT NULL,
  deviceId TEXT NOT NULL,
  start INTEGER NOT NULL,
  at INTEGER NOT NULL,
  stream TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX runOutputByStart ON runOutput (runId, deviceId, start);
CREATE VIRTUAL TABLE runWords USING fts5(words, content='', contentless_delete=1, tokenize='unicode61');
CREATE TABLE runGarbage (runId TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE savedCommands (
  id TEXT PRIMARY KEY,
  userId TEXT NOT NULL,
  username TEXT NOT NULL,
  saved TEXT NOT NULL,
  changedAt INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
