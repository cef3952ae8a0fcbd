/** What is to be done. */
package keepwell.dashboard.today;
