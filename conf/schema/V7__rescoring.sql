-- One row, locked by the node that rescores: by which version of the scorecards, and how far it is. Instants are real
-- time, in epoch milliseconds.
CREATE TABLE "rescoring" (
  "id" INTEGER PRIMARY KEY CHECK ("id" = 1),
  "version" INTEGER NOT NULL,
  "after_id" VARCHAR(255) NOT NULL,
  "rescored" BIGINT NOT NULL,
  "accounts" BIGINT NOT NULL, -- how many there were when it began
  "began_at" BIGINT NOT NULL,
  "ended_at" BIGINT -- null while it goes on
);

-- What was settled by earlier scorecards is rescored.
INSERT INTO "rescoring" VALUES (1, 0, '', 0, 0, 0, NULL);

-- Drafts that are previewed, so that all nodes know them.
CREATE TABLE "draft" (
  "id" VARCHAR(36) PRIMARY KEY,
  "stored_at" BIGINT NOT NULL, -- real time, in epoch milliseconds
  "document" TEXT NOT NULL
);
