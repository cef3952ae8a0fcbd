-- Nothing was tagged before. A tag is stored by the statement that stores its event; a foreign key would be checked by
-- a plan that PostgreSQL makes while the journal is empty and keeps, and so read all of the journal for every tag.
-- The tag comes first in the key, as events are read by it.
DROP TABLE "event_tag";

CREATE TABLE "event_tag" (
  "event_id" BIGINT NOT NULL,
  "tag" VARCHAR(256) NOT NULL,
  PRIMARY KEY ("tag", "event_id")
);
