-- Up to which ordering of the journal something that is derived from it has come. Locked while it moves on.
CREATE TABLE "projection" (
  "name" VARCHAR(100) PRIMARY KEY,
  "ordering" BIGINT NOT NULL
);

INSERT INTO "projection" VALUES ('catalogue', 0);

-- The keys of signals that were ever recorded, in UTF-8: so both databases order them by code point, in any locale.
-- "last_at" is in epoch milliseconds.
CREATE TABLE "signal_key" (
  "key" BYTEA PRIMARY KEY,
  "accounts" BIGINT NOT NULL,
  "last_at" BIGINT NOT NULL
);

-- How many signals of a key fell on a day, counted from 1970-01-01 in the installation's zone.
CREATE TABLE "signal_volume" (
  "key" BYTEA NOT NULL,
  "day" INTEGER NOT NULL,
  "count" BIGINT NOT NULL,
  PRIMARY KEY ("key", "day")
);
