/** All accounts on one page, to be printed. */
package keepwell.dashboard.executive;
