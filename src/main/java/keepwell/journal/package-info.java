/**
 * What is durable besides the events themselves: the database, the installation, the versions of
 * the scorecards.
 */
package keepwell.journal;
