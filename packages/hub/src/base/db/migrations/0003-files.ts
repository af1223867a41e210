/** What must outlive a restart of what is under way: uploads of browsers, and copies from device to device. */
export const files = `
CREATE TABLE uploads (
  id TEXT PRIMARY KEY,
  deviceId TEXT NOT NULL,
  userId TEXT NOT NULL,
  folder TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT,
  metadata TEXT NOT NULL,
  state TEXT NOT NULL,
  touchedAt INTEGER NOT NULL
) STRICT;
CREATE INDEX uploadsByTime ON uploads (touchedAt);
CREATE INDEX uploadsByUser ON uploads (userId);

CREATE TABLE transfers (
  id TEXT PRIMARY KEY,
  userId TEXT NOT NULL,
  username TEXT NOT NULL,
  fromDevice TEXT NOT NULL,
  toDevice TEXT NOT NULL,
  paths TEXT NOT NULL,
  folder TEXT NOT NULL,
  conflict TEXT NOT NULL,
  state TEXT NOT NULL,
  cursor TEXT,
  bytes INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  failed TEXT NOT NULL,
  error TEXT,
  createdAt INTEGER NOT NULL
) STRICT;
`;
