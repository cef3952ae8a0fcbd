-- Who is told of what happens. Secrets are sealed. Instants are real time, in epoch milliseconds.
CREATE TABLE "webhook" (
  "id" VARCHAR(36) PRIMARY KEY,
  "url" TEXT NOT NULL,
  "event_types" TEXT NOT NULL, -- their names, JSON
  "description" TEXT NOT NULL,
  "created_at" BIGINT NOT NULL,
  "after_id" BIGINT NOT NULL, -- of the feed: what came before is not told
  "secret" BYTEA NOT NULL,
  "previous_secret" BYTEA,
  "previous_until" BIGINT,
  "failing_since" BIGINT,
  "disabled_at" BIGINT,
  "disabled_why" VARCHAR(20)
);

-- The outbox: what each subscriber is told, and how that went. What is told lies in "tier_change"; of an erased account
-- nothing is left here.
CREATE TABLE "delivery" (
  "webhook" VARCHAR(36) NOT NULL,
  "change_id" BIGINT NOT NULL, -- of the feed
  "account" VARCHAR(11) NOT NULL, -- a keyed hash
  "event_type" VARCHAR(40) NOT NULL,
  "queued_at" BIGINT NOT NULL,
  "state" VARCHAR(10) NOT NULL, -- waiting, delivered or parked
  "due_at" BIGINT, -- while it is waiting
  "failures" INTEGER NOT NULL, -- since it was queued, or tried again by hand
  "attempts" TEXT NOT NULL, -- the last ones, JSON
  "ended_at" BIGINT,
  PRIMARY KEY ("webhook", "change_id")
);

CREATE INDEX "delivery_account" ON "delivery" ("account", "change_id");
CREATE INDEX "delivery_first" ON "delivery" ("webhook", "account", "change_id") ${waiting};
CREATE INDEX "delivery_due" ON "delivery" ("webhook", "due_at", "change_id") ${waiting};
CREATE INDEX "delivery_state" ON "delivery" ("webhook", "state", "change_id");
CREATE INDEX "delivery_ended" ON "delivery" ("ended_at");

-- Up to which change of the feed there are deliveries.
INSERT INTO "projection" VALUES ('outbox', 0);
