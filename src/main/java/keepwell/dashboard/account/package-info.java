/** An account by itself. */
package keepwell.dashboard.account;
