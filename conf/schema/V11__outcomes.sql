-- What became of accounts, as far as it was told: at most one outcome a day. Days are counted from 1970-01-01, instants are
-- epoch milliseconds of product time.
CREATE TABLE "outcome" (
  "persistence_id" VARCHAR(255) NOT NULL,
  "day" INTEGER NOT NULL,
  "outcome" VARCHAR(20) NOT NULL,
  "at" BIGINT NOT NULL,
  PRIMARY KEY ("persistence_id", "day")
);

CREATE INDEX "outcome_day" ON "outcome" ("day");
