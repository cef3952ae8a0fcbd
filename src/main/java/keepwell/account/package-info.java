/** The account as an actor, and {@link keepwell.account.Accounts}, the only user of sharding. */
package keepwell.account;
