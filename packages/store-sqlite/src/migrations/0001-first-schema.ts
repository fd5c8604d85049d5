import type { Migration } from "./migration.js";

/*
 * Every record is kept whole as a JSON document; what is queried or must be unique stands in a column of its own
 * beside it. Keys in columns are written by keyText, times are epoch milliseconds with fractions.
 */
export const firstSchema: Migration = {
  version: 1,
  sql: `
    CREATE TABLE runs (
      key TEXT NOT NULL PRIMARY KEY,
      job_key TEXT NOT NULL,
      started_at REAL NOT NULL,
      is_finished INTEGER NOT NULL,
      document TEXT NOT NULL
    ) STRICT;
    CREATE INDEX runs_by_start ON runs (started_at, key);
    CREATE INDEX runs_by_job ON runs (job_key, started_at, key);
    CREATE INDEX runs_unfinished ON runs (started_at, key) WHERE is_finished = 0;

    CREATE TABLE baselines (
      job_key TEXT NOT NULL PRIMARY KEY,
      revision INTEGER NOT NULL,
      document TEXT NOT NULL
    ) STRICT;

    -- A run's events refer to its log by a number: a run's key in each of them would be most of the file.
    CREATE TABLE logs (
      id INTEGER PRIMARY KEY,
      run_key TEXT NOT NULL UNIQUE,
      length INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE events (
      log INTEGER NOT NULL REFERENCES logs (id),
      sequence INTEGER NOT NULL,
      id TEXT NOT NULL,
      document TEXT NOT NULL,
      UNIQUE (log, sequence),
      UNIQUE (log, id)
    ) STRICT;

    CREATE TABLE calls (
      run_key TEXT NOT NULL,
      id TEXT NOT NULL,
      time REAL NOT NULL,
      is_anomalous INTEGER NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (run_key, id)
    ) STRICT;
    CREATE INDEX calls_by_time ON calls (run_key, time, id);
    CREATE INDEX calls_anomalous ON calls (run_key, time, id) WHERE is_anomalous = 1;

    CREATE TABLE detections (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      job_key TEXT NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      run_key TEXT NOT NULL,
      status TEXT NOT NULL,
      document TEXT NOT NULL,
      -- The one-time rule.
      UNIQUE (job_key, kind, subject)
    ) STRICT;
    CREATE INDEX detections_by_job ON detections (job_key, position);
    CREATE INDEX detections_by_run ON detections (run_key, position);
    CREATE INDEX detections_by_status ON detections (status, position);

    CREATE TABLE deliveries (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      detection_id TEXT NOT NULL REFERENCES detections (id),
      notifier TEXT NOT NULL,
      is_pending INTEGER NOT NULL,
      due_at REAL NOT NULL,
      lease_owner TEXT,
      lease_until REAL,
      document TEXT NOT NULL
    ) STRICT;
    CREATE INDEX deliveries_by_detection ON deliveries (detection_id, position);
    CREATE INDEX deliveries_pending ON deliveries (notifier, due_at, position) WHERE is_pending = 1;
  `,
};
