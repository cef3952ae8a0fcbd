/** Who may do what: API keys, their scopes and limits, and the log of what was changed by whom. */
package keepwell.access;
