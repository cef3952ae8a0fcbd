/** All accounts: how many are in which tier, what has moved, what renews, and the list. */
package keepwell.dashboard.portfolio;
