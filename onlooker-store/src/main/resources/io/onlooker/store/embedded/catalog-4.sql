-- From version 3 to 4: sessions stand in the order in which they came, not in that of their
-- traces' ids, so that a new one is written beside the last; and a small index for each order of a
-- list. Those that are equal in it are few, and sorted when they are read.
CREATE TABLE session_in_order (
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
  issue TEXT,
  facts TEXT NOT NULL DEFAULT '{}',
  skew INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (project, trace, id)
);
INSERT INTO session_in_order
  SELECT project, trace, id, root, parent, name, agent, user, conversation, status, start, "end",
    duration, news, input, output, failure_reason, steps, failed_steps, input_tokens,
    output_tokens, tokens, first_token, models, environment, release, cost_usd, unpriced, issue,
    facts, 0
  FROM session ORDER BY start;
DROP TABLE session;
ALTER TABLE session_in_order RENAME TO session;
CREATE INDEX session_by_id ON session (project, id);
CREATE INDEX session_by_start ON session (project, start);
CREATE INDEX session_by_duration ON session (project, duration);
CREATE INDEX session_by_tokens ON session (project, coalesce(tokens, -1));
CREATE INDEX session_by_cost
  ON session (project, coalesce(CAST(round(cost_usd * 1e9) AS INTEGER), -1));
CREATE INDEX session_by_status ON session (project, status, start);
CREATE INDEX session_by_agent ON session (project, agent, start) WHERE agent IS NOT NULL;
CREATE INDEX session_by_conversation ON session (project, conversation, start)
  WHERE conversation IS NOT NULL;
CREATE INDEX session_by_user ON session (project, user, start) WHERE user IS NOT NULL;
CREATE INDEX session_by_release ON session (project, release, start) WHERE release IS NOT NULL;
-- What the engine must know of a large catalog to read it well; it never looks for itself. A project
-- has very many rows, a trace few: without this, each trace would be looked for among all of them.
ANALYZE progress;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('session', 'sqlite_autoindex_session_1', '1000000 1000000 2 1'),
  ('session', 'session_by_id', '1000000 1000000 1'),
  ('session', 'session_by_start', '1000000 1000000 1'),
  ('session', 'session_by_duration', '1000000 1000000 1'),
  ('session', 'session_by_tokens', '1000000 1000000 100'),
  ('session', 'session_by_cost', '1000000 1000000 100'),
  ('session', 'session_by_status', '1000000 1000000 200000 1'),
  ('session', 'session_by_agent', '1000000 1000000 50000 1'),
  ('session', 'session_by_conversation', '1000000 1000000 5 1'),
  ('session', 'session_by_user', '1000000 1000000 50 1'),
  ('session', 'session_by_release', '1000000 1000000 50000 1'),
  ('issue_hit', 'issue_hit', '1000000 1000000 1'),
  ('issue_hit', 'issue_hit_by_issue', '1000000 1000000 10000 1'),
  ('issue_hit', 'issue_hit_by_time', '1000000 1000000 1'),
  ('issue_hit', 'issue_hit_by_trace', '1000000 1000000 3'),
  ('issue_hit', 'issue_hit_by_words', '1000000 1000000 10000 1'),
  ('issue_hit', 'issue_hit_by_same', '100000 100000 1'),
  ('issue', 'issue', '1000 1000 1'),
  ('score', 'score', '100000 100000 1'),
  ('score', 'score_by_target', '100000 100000 2');
ANALYZE sqlite_schema;
