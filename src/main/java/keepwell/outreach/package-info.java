/**
 * What leaves the house: subscribers are told of what happens to accounts. {@link
 * keepwell.outreach.Outbox} takes every change of the feed into the outbox, a table, and has it
 * delivered by {@link keepwell.outreach.Sender} until the subscriber has taken it, or for so long
 * as {@link keepwell.outreach.RetrySchedule} says. One node of the cluster does it at a time.
 */
package keepwell.outreach;
