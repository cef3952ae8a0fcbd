/**
 * What a score is: signals, the facts kept of them, scorecards, and how an account decides and
 * evolves. Pure functions of (signals, scorecard, day): nothing here knows Akka, does I/O or reads
 * a clock.
 */
package keepwell.health;
