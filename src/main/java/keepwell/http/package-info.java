/**
 * The HTTP interface: a routes class for each resource, its public JSON beside it, and {@link
 * keepwell.http.Problem}.
 */
package keepwell.http;
