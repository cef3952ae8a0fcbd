/** What all pages share: how they are filled in, and how numbers, days and tiers are shown. */
package keepwell.dashboard.frame;
