import type { Migration } from "./migration.js";

/* What deliveries are told together and one after the other; reviews, rules that keep detections quiet, settings. */
export const toldTogether: Migration = {
  version: 3,
  sql: `
    ALTER TABLE detections ADD COLUMN severity TEXT NOT NULL DEFAULT 'info';
    UPDATE detections SET severity = json_extract(document, '$.severity');
    CREATE INDEX detections_by_kind ON detections (kind, position);

    ALTER TABLE deliveries ADD COLUMN status TEXT NOT NULL DEFAULT 'pending';
    ALTER TABLE deliveries ADD COLUMN bundle TEXT;
    ALTER TABLE deliveries ADD COLUMN batch TEXT;
    -- Its order; the word means something else in SQL.
    ALTER TABLE deliveries ADD COLUMN line TEXT;
    UPDATE deliveries SET status = json_extract(document, '$.status');
    CREATE INDEX deliveries_by_status ON deliveries (status, position);
    CREATE INDEX deliveries_of_notifier ON deliveries (notifier, position);
    CREATE INDEX deliveries_by_notifier ON deliveries (notifier, status, position);
    CREATE INDEX deliveries_by_bundle ON deliveries (bundle, notifier, position)
      WHERE bundle IS NOT NULL;
    CREATE INDEX deliveries_unsealed ON deliveries (bundle, notifier, position)
      WHERE is_pending = 1 AND batch IS NULL;
    CREATE INDEX deliveries_by_batch ON deliveries (batch, position) WHERE batch IS NOT NULL;
    CREATE INDEX deliveries_in_line ON deliveries (line, notifier, position) WHERE is_pending = 1;

    CREATE TABLE suppressions (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      is_ended INTEGER NOT NULL,
      expires_at REAL,
      document TEXT NOT NULL
    ) STRICT;
    CREATE INDEX suppressions_active ON suppressions (position) WHERE is_ended = 0;
    CREATE TABLE suppression_revision (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      revision INTEGER NOT NULL
    ) STRICT;
    INSERT INTO suppression_revision (id, revision) VALUES (1, 0);

    CREATE TABLE settings (
      name TEXT NOT NULL PRIMARY KEY,
      revision INTEGER NOT NULL,
      document TEXT NOT NULL
    ) STRICT;
  `,
};
