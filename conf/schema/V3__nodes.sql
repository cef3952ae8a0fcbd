-- The nodes of the installation. "incarnation" tells one start of a node from the next at the same address; "joined" are
-- those that are in the cluster; "arbiter" is who may decide a split; "beat" moves on while the node lives.
CREATE TABLE "node" (
  "host" VARCHAR(255) NOT NULL,
  "port" INTEGER NOT NULL,
  "incarnation" BIGINT NOT NULL,
  "joined" BOOLEAN NOT NULL,
  "arbiter" BOOLEAN NOT NULL,
  "beat" BIGINT NOT NULL,
  PRIMARY KEY ("host", "port")
);
