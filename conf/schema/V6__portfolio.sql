-- How every account stands, as it published last. Texts that are sorted or searched by their beginning are UTF-8, so that
-- both databases order them by code point. Days are counted from 1970-01-01, instants are epoch milliseconds.
CREATE TABLE "standing" (
  "persistence_id" VARCHAR(255) PRIMARY KEY,
  "account" BYTEA NOT NULL,
  "name" BYTEA NOT NULL, -- in lower case; the account's id if it has none
  "owner" VARCHAR(11), -- keyed hashes, as are "parent" and "segment"; what they stand for is in "labels"
  "segment" VARCHAR(11),
  "parent" VARCHAR(11),
  "labels" TEXT NOT NULL,
  "tier" VARCHAR(200),
  "tier_since" BIGINT,
  "previous_tier" VARCHAR(200),
  "score" DOUBLE PRECISION,
  "trend7" DOUBLE PRECISION,
  "trend30" DOUBLE PRECISION,
  "loss" TEXT,
  "arr" DOUBLE PRECISION,
  "renewal_on" INTEGER,
  "review_on" INTEGER NOT NULL,
  "closed_at" BIGINT,
  "published_at" BIGINT
);

CREATE INDEX "standing_review" ON "standing" ("review_on", "persistence_id");

-- By what lists are sorted, with what they are filtered by: accounts are passed over without a look at their rows. Not where
-- an embedded database would keep ids and labels of erased accounts.
${lists}CREATE INDEX "standing_account" ON "standing" ("account") ${filters};
${lists}CREATE INDEX "standing_name" ON "standing" ("name", "account") ${filters};
${lists}CREATE INDEX "standing_score" ON "standing" ("score", "account") ${filters};
${lists}CREATE INDEX "standing_trend" ON "standing" ("trend30", "account") ${filters};
${lists}CREATE INDEX "standing_arr" ON "standing" ("arr", "account") ${filters};
${lists}CREATE INDEX "standing_renewal" ON "standing" ("renewal_on", "account") ${filters};
${lists}CREATE INDEX "standing_tier" ON "standing" ("tier", "score", "account") ${filters};
${lists}CREATE INDEX "standing_owner" ON "standing" ("owner");
${lists}CREATE INDEX "standing_segment" ON "standing" ("segment");
${lists}CREATE INDEX "standing_parent" ON "standing" ("parent");
${lists}CREATE INDEX "standing_closed" ON "standing" ("closed_at") WHERE "closed_at" IS NOT NULL;
${lists}ALTER TABLE "standing" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- The feed: every tier change by the ordering of its event. Of an erased account only the last remains, and its id sealed.
CREATE TABLE "tier_change" (
  "ordering" BIGINT PRIMARY KEY,
  "persistence_id" VARCHAR(255) NOT NULL,
  "account" BYTEA NOT NULL,
  "from_tier" VARCHAR(200),
  "to_tier" VARCHAR(200),
  "score" DOUBLE PRECISION,
  "previous_score" DOUBLE PRECISION,
  "reason" VARCHAR(20) NOT NULL,
  "scorecard" VARCHAR(200),
  "version" INTEGER NOT NULL,
  "at" BIGINT NOT NULL,
  "quiet" BOOLEAN NOT NULL,
  "labels" TEXT NOT NULL
);

CREATE INDEX "tier_change_account" ON "tier_change" ("persistence_id", "ordering");
${lists}CREATE INDEX "tier_change_erased" ON "tier_change" ("at") WHERE "reason" = 'erased';

-- Sums over the accounts that are open: of all of them (an empty group), and by owner, segment and parent. A group is a keyed
-- hash, as an embedded database does not forget the keys of an index; what it stands for is in "band" while it has
-- accounts. An empty tier stands for none.
CREATE TABLE "band" (
  "group" VARCHAR(11) NOT NULL,
  "tier" VARCHAR(200) NOT NULL,
  "accounts" BIGINT NOT NULL,
  "arr" DECIMAL(30, 2) NOT NULL,
  "dimension" VARCHAR(10) NOT NULL,
  "value" VARCHAR(400) NOT NULL,
  PRIMARY KEY ("group", "tier")
);

CREATE INDEX "band_dimension" ON "band" ("dimension");

-- What a band was once a day's reviews were done; the same as on the day before where there is none.
CREATE TABLE "band_day" (
  "group" VARCHAR(11) NOT NULL,
  "tier" VARCHAR(200) NOT NULL,
  "day" INTEGER NOT NULL,
  "accounts" BIGINT NOT NULL,
  "arr" DECIMAL(30, 2) NOT NULL,
  PRIMARY KEY ("group", "tier", "day")
);

CREATE TABLE "renewal" (
  "group" VARCHAR(11) NOT NULL,
  "day" INTEGER NOT NULL,
  "tier" VARCHAR(200) NOT NULL,
  "accounts" BIGINT NOT NULL,
  "arr" DECIMAL(30, 2) NOT NULL,
  PRIMARY KEY ("group", "day", "tier")
);

-- How many accounts moved from a tier to another on a day.
CREATE TABLE "move" (
  "group" VARCHAR(11) NOT NULL,
  "day" INTEGER NOT NULL,
  "from_tier" VARCHAR(200) NOT NULL,
  "to_tier" VARCHAR(200) NOT NULL,
  "accounts" BIGINT NOT NULL,
  PRIMARY KEY ("group", "day", "from_tier", "to_tier")
);

-- One row, locked by the node that reviews: the last day whose reviews are done, and how far those of the next are.
CREATE TABLE "review" (
  "id" INTEGER PRIMARY KEY CHECK ("id" = 1),
  "day" INTEGER NOT NULL,
  "pass" INTEGER NOT NULL,
  "after_on" INTEGER NOT NULL,
  "after_id" VARCHAR(255) NOT NULL
);

-- What was stored before is told of too. These accounts are reviewed at once, and publish how they stand.
INSERT INTO "projection" VALUES ('portfolio', 0);

INSERT INTO "event_tag" ("event_id", "tag")
SELECT "ordering", 'listed' FROM "event_journal" WHERE "event_ser_manifest" IN (
  'keepwell.health.AccountEvent$AccountOpened', 'keepwell.health.AccountEvent$LabelsChanged',
  'keepwell.health.AccountEvent$TierChanged', 'keepwell.health.AccountEvent$AccountErased');
