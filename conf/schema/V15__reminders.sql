-- For when reminders of the last quarter were put into the outbox: product time in epoch milliseconds.
INSERT INTO "projection" VALUES ('quarterly-reminder', 0);
