package keepwell.outreach;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keepwell.outreach.Content.Slack;
import keepwell.outreach.Templates.UnusableException;
import keepwell.outreach.Words.Escaping;

/**
 * How a message to Slack is worded: a document {@code {"text": …, "blocks": […]}}. It is read
 * before values are put into its texts, each of which is a template by itself, so that no value
 * changes its form. What comes out empty is left out.
 */
final class SlackTemplate {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is nothing without one of these is left out with it. */
  private static final Set<String> NEEDED = Set.of("text", "url", "fields", "elements");

  private final Object text;
  private final Object blocks;

  /**
   * @param sample what it is tried with
   */
  SlackTemplate(TemplateFile file, SampleModel sample) throws UnusableException {
    Object document = parsed(file);
    if (!(document instanceof Map<?, ?> parts)
        || !parts.keySet().equals(Set.of("text", "blocks"))
        || !(parts.get("text") instanceof String)
        || !(parts.get("blocks") instanceof List<?>)) {
      throw new UnusableException(
          file.name() + " must be an object of a text and a list of blocks");
    }
    this.text = compiled(parts.get("text"), Escaping.MRKDWN, file, sample);
    this.blocks = compiled(parts.get("blocks"), Escaping.MRKDWN, file, sample);
  }

  private static Object parsed(TemplateFile file) throws UnusableException {
    try {
      return JSON.readValue(file.text(), Object.class);
    } catch (JsonProcessingException e) {
      throw new UnusableException(
          "%s is no JSON: %s".formatted(file.name(), e.getOriginalMessage()));
    }
  }

  /** The same, with templates for texts. */
  private static Object compiled(
      Object part, Escaping escaping, TemplateFile file, SampleModel sample)
      throws UnusableException {
    if (part instanceof String source) {
      return new Words(file.piece(source), escaping, sample);
    }
    if (part instanceof List<?> list) {
      List<Object> compiled = new ArrayList<>();
      for (Object one : list) {
        compiled.add(compiled(one, escaping, file, sample));
      }
      return compiled;
    }
    if (part instanceof Map<?, ?> parts) {
      boolean plain = "plain_text".equals(parts.get("type"));
      Map<String, Object> compiled = new LinkedHashMap<>();
      for (Map.Entry<?, ?> one : parts.entrySet()) {
        String name = one.getKey().toString();
        Escaping of = plain || name.equals("url") ? Escaping.NONE : Escaping.MRKDWN;
        compiled.put(name, compiled(one.getValue(), of, file, sample));
      }
      return compiled;
    }
    return part;
  }

  Slack rendered(Map<String, ?> model) {
    List<?> rendered = (List<?>) rendered(blocks, model).orElse(List.of());
    return new Slack((String) rendered(text, model).orElse(""), List.copyOf(rendered));
  }

  /** Empty if nothing is left of it. */
  private static Optional<Object> rendered(Object part, Map<String, ?> model) {
    if (part instanceof Words words) {
      return Optional.<Object>of(words.with(model).strip()).filter(text -> !text.equals(""));
    }
    if (part instanceof List<?> list) {
      List<Object> rendered = new ArrayList<>();
      list.forEach(one -> rendered(one, model).ifPresent(rendered::add));
      return Optional.<Object>of(rendered).filter(all -> !rendered.isEmpty());
    }
    if (part instanceof Map<?, ?> parts) {
      Map<String, Object> rendered = new LinkedHashMap<>();
      for (Map.Entry<?, ?> one : parts.entrySet()) {
        Optional<Object> value = rendered(one.getValue(), model);
        value.ifPresent(some -> rendered.put(one.getKey().toString(), some));
        if (value.isEmpty() && NEEDED.contains(one.getKey().toString())) {
          return Optional.empty();
        }
      }
      return Optional.of(rendered);
    }
    return Optional.ofNullable(part);
  }
}
