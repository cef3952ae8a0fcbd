/** How scores are made, and what another way would make of them. */
package keepwell.dashboard.scorecard;
