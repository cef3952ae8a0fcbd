/**
 * A made-up portfolio that shows a running node at work. It talks HTTP only and shares no code with
 * the server, so it is also an example of a client.
 */
package keepwell.demo;
