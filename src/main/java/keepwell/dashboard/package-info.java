/**
 * The pages for people, as HTML: a folder for each, and {@code frame} for what they share. They say
 * what {@code /v1} says, follow the feed while they are open, and change things by {@code /v1} as
 * any program does.
 */
package keepwell.dashboard;
