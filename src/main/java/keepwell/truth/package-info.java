/** Whether scores tell the truth: what became of accounts, and what had been said before. */
package keepwell.truth;
