/**
 * What is durable: the database, how events and snapshots get into it and how events are followed,
 * the installation, the versions of the scorecards.
 */
package keepwell.journal;
