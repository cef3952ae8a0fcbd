/**
 * The nodes of an installation: how they find each other through its database, and are always one
 * cluster.
 */
package keepwell.cluster;
