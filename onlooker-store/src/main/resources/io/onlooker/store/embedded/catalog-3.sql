-- From version 2 to 3: issues, scores, and what sessions are grouped and filtered by. Sessions
-- folded before know no cause and no facts.
ALTER TABLE session ADD COLUMN issue TEXT;
ALTER TABLE session ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';
CREATE INDEX session_by_conversation ON session (project, conversation, start)
  WHERE conversation IS NOT NULL;
CREATE INDEX session_by_user ON session (project, user, start) WHERE user IS NOT NULL;
CREATE INDEX session_by_release ON session (project, release, start) WHERE release IS NOT NULL;
CREATE TABLE issue (
  project INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT,
  message TEXT,
  place_kind TEXT NOT NULL,
  place TEXT,
  stack TEXT,
  state TEXT NOT NULL DEFAULT 'open',
  since INTEGER,
  release TEXT,
  release_since INTEGER,
  until INTEGER,
  PRIMARY KEY (project, id)
) WITHOUT ROWID;
CREATE TABLE issue_hit (
  project INTEGER NOT NULL,
  id TEXT NOT NULL,
  issue TEXT NOT NULL,
  own_issue TEXT NOT NULL,
  time INTEGER NOT NULL,
  trace TEXT,
  span TEXT,
  session TEXT,
  user TEXT,
  release TEXT,
  environment TEXT,
  message TEXT,
  said TEXT NOT NULL,
  span_kind TEXT,
  event INTEGER NOT NULL,
  same_as TEXT,
  PRIMARY KEY (project, id)
) WITHOUT ROWID;
CREATE INDEX issue_hit_by_issue ON issue_hit (project, issue, time);
CREATE INDEX issue_hit_by_time ON issue_hit (project, time);
CREATE INDEX issue_hit_by_trace ON issue_hit (project, trace);
CREATE INDEX issue_hit_by_words ON issue_hit (project, said, time);
CREATE INDEX issue_hit_by_same ON issue_hit (project, same_as) WHERE same_as IS NOT NULL;
CREATE TABLE score (
  project INTEGER NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  comment TEXT,
  target TEXT NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (project, id)
) WITHOUT ROWID;
CREATE INDEX score_by_target ON score (project, target);
