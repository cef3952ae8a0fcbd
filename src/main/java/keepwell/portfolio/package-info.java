/** The read side: what is derived from the journal, and asked across accounts. */
package keepwell.portfolio;
