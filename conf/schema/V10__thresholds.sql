-- The version of the playbooks whose thresholds the accounts are told of, beside that of the scorecards.
ALTER TABLE "rescoring" ADD COLUMN "thresholds" INTEGER DEFAULT 0 NOT NULL;
