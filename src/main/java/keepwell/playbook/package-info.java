/**
 * What is done when an account turns: playbooks, their runs, the tasks that come of them, and
 * whether it helped.
 */
package keepwell.playbook;
