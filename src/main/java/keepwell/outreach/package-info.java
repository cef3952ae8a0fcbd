/**
 * What leaves the house: subscribers are told of what happens to accounts, and people of what to do
 * about it. {@link keepwell.outreach.Outbox} takes every change of the feed into the outbox, a
 * table, and {@link keepwell.outreach.Messages} what is told besides. Each is delivered by a {@link
 * keepwell.outreach.Sender} until it was taken, or for so long as {@link
 * keepwell.outreach.RetrySchedule} says. One node of the cluster does it at a time.
 */
package keepwell.outreach;
