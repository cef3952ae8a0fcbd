/**
 * The pages for people, as HTML: all accounts, and each by itself. They say what {@code /v1} says,
 * and follow the feed while they are open.
 */
package keepwell.dashboard;
