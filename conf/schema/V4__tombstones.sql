-- What remains of an erased account besides its empty events: up to which sequence number they are empty, and the
-- instant of the erasure in product time, in epoch milliseconds.
CREATE TABLE "tombstone" (
  "persistence_id" VARCHAR(255) PRIMARY KEY,
  "sequence_number" BIGINT NOT NULL,
  "erased_at" BIGINT NOT NULL
);
