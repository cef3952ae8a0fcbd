/** Whether the scores say what becomes of accounts. */
package keepwell.dashboard.truth;
