/** What people are told about all accounts from time to time. */
package keepwell.report;
