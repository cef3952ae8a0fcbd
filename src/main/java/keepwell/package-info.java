/**
 * The server that keeps a live health score for every customer account. The path of a signal, and
 * the rooms along it:
 *
 * <pre>
 * signal ─► http ─► account ─► health (pure) ─► journal ─► portfolio ─┬─► dashboard
 *                                                                     └─► playbook ─► outreach ─► webhooks, Slack, e-mail
 * </pre>
 *
 * <ul>
 *   <li>{@code health}: what a score is; pure functions, {@code java.*} only
 *   <li>{@code account}: the account as an actor; may import journal, health
 *   <li>{@code journal}: what is durable; may import health
 *   <li>{@code portfolio}: the read side, derived from the journal; may import journal, health
 *   <li>{@code access}: who may do what; may import journal
 *   <li>{@code outreach}: what leaves the house; may import journal, portfolio
 *   <li>{@code report}: what people are told about all accounts from time to time; may import
 *       health, journal, portfolio, outreach, playbook, truth
 *   <li>{@code playbook}: what is done when accounts turn; may import health, journal, portfolio,
 *       outreach
 *   <li>{@code truth}: whether scores say what becomes of accounts; may import health, journal,
 *       portfolio, playbook
 *   <li>{@code cluster}: the nodes, which find each other through the database; may import journal
 *   <li>{@code http}: the doors; may import all but this package, dashboard and demo
 *   <li>{@code dashboard}: the pages for people, each in a folder of its own; may import all but
 *       this package, outreach and demo
 *   <li>{@code demo}: a generated portfolio, sent through the HTTP door like anybody's; imports
 *       nothing of ours
 *   <li>this package: {@link keepwell.Main} and the wiring, {@link keepwell.Settings}, the only
 *       reader of configuration
 * </ul>
 */
package keepwell;
