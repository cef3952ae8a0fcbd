-- By this it is found whose score has moved most in a week, among those that have published within it.
${lists}CREATE INDEX "standing_week" ON "standing" ("trend7", "persistence_id") INCLUDE ("published_at") WHERE "closed_at" IS NULL AND "trend7" IS NOT NULL;

-- By this it is found what was done when.
CREATE INDEX "task_ended" ON "task" ("state", "ended_at");

-- For when the last weekly report was put into the outbox: product time in epoch milliseconds.
INSERT INTO "projection" VALUES ('weekly-report', 0);
