/**
 * How people arranged their devices and the portal, what devices are, and what they sent. What is long or changes seldom has tables
 * of its own, so that a row of `devices`, which is written all the time, stays small.
 */
export const arrange = `
ALTER TABLE devices ADD COLUMN sendingSettings TEXT;

CREATE TABLE deviceProfiles (
  deviceId TEXT PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
  profile TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE deviceFacts (
  deviceId TEXT PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
  facts TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE deviceLayouts (
  deviceId TEXT PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
  layout TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE traffic (day TEXT PRIMARY KEY, bytes TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE preferences (
  userId TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  part TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (userId, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE preferenceDefaults (part TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE productLogo (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version TEXT NOT NULL,
  type TEXT NOT NULL,
  image BLOB NOT NULL
) STRICT;
`;
