-- What the store knows of its segments, and the sessions. Times are nanoseconds since 1970.
CREATE TABLE IF NOT EXISTS segment (
  number INTEGER PRIMARY KEY,
  spans INTEGER NOT NULL,
  first_start INTEGER NOT NULL,
  last_start INTEGER NOT NULL,
  projects TEXT NOT NULL,
  ops TEXT NOT NULL,
  bytes INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS segment_key (
  segment INTEGER NOT NULL,
  key TEXT NOT NULL,
  kind TEXT NOT NULL,
  "column" TEXT,
  PRIMARY KEY (segment, key, kind)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS superseded (
  segment INTEGER NOT NULL,
  project INTEGER NOT NULL,
  trace_high INTEGER NOT NULL,
  trace_low INTEGER NOT NULL,
  span_id INTEGER NOT NULL,
  PRIMARY KEY (segment, project, trace_high, trace_low, span_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (
  project INTEGER NOT NULL,
  trace TEXT NOT NULL,
  id TEXT NOT NULL,
  root TEXT NOT NULL,
  parent TEXT,
  name TEXT NOT NULL,
  agent TEXT,
  user TEXT,
  conversation TEXT,
  status TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER,
  duration INTEGER NOT NULL,
  news INTEGER NOT NULL,
  input TEXT,
  output TEXT,
  failure_reason TEXT,
  steps INTEGER NOT NULL,
  failed_steps INTEGER NOT NULL,
  input_tokens INTEGER,
  output_tokens INTEGER,
  tokens INTEGER,
  first_token REAL,
  models TEXT NOT NULL,
  environment TEXT,
  release TEXT,
  cost_usd REAL,
  unpriced INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (project, trace, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS session_by_start ON session (project, start, trace, id);
CREATE INDEX IF NOT EXISTS session_by_id ON session (project, id);
CREATE TABLE IF NOT EXISTS progress (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  sealed_journal INTEGER NOT NULL
);
INSERT OR IGNORE INTO progress VALUES (1, 0);
