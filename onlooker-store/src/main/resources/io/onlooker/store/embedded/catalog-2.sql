-- From version 1 to 2: what sessions cost. Those folded before have no figure.
ALTER TABLE session ADD COLUMN cost_usd REAL;
ALTER TABLE session ADD COLUMN unpriced INTEGER NOT NULL DEFAULT 0;
