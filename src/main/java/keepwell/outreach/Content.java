package keepwell.outreach;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a message says, and so by which channel it goes. */
public sealed interface Content {

  /**
   * A message to Slack. What is longer than Slack takes is cut.
   *
   * @param text where blocks are not shown, as in a notification; mrkdwn
   * @param blocks of Block Kit, as maps, lists, texts, numbers and booleans
   */
  record Slack(String text, List<Object> blocks) implements Content {
    public Slack {
      text = SlackLimits.text(text);
      blocks = SlackLimits.blocks(blocks);
    }
  }

  /**
   * An e-mail, of which each recipient gets one of their own.
   *
   * @param to addresses
   * @param subject in one line
   */
  record Mail(
      List<String> to, String subject, String text, String html, Optional<Invitation> invitation)
      implements Content {
    public Mail {
      to = List.copyOf(to);
    }

    Mail to(String recipient) {
      return new Mail(List.of(recipient), subject, text, html, invitation);
    }
  }

  /**
   * An event for all webhooks that want it.
   *
   * @param at when it happened, product time
   * @param data as maps, lists, texts, numbers and booleans
   */
  record Hook(EventType type, Instant at, Object data) implements Content {}
}
