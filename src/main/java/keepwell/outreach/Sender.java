package keepwell.outreach;

import java.util.concurrent.CompletionStage;

/** Brings messages to one recipient. */
interface Sender {
  /** How many messages may be under way; a power of two. */
  int atOnceMax();

  /**
   * Sends a message; what became of it, never a failure.
   *
   * @param to as it is now
   * @param messageId the same at every attempt
   * @param body as the outbox has it
   */
  CompletionStage<Attempt> send(Recipient to, String messageId, String body);
}
