package keepwell.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.outreach.SampleModel;
import keepwell.report.WeeklyReport.Band;
import keepwell.report.WeeklyReport.Entered;
import keepwell.report.WeeklyReport.Held;
import keepwell.report.WeeklyReport.Line;
import keepwell.report.WeeklyReport.Overdue;
import keepwell.report.WeeklyReport.Sum;
import keepwell.report.WeeklyReport.Tier;

/** What the template of a weekly report knows: all of it as texts, and empty ones for nothing. */
final class WeeklyPage {
  private static final Map<String, String> SHAPES =
      Map.of("best", "●", "next", "▲", "between", "■", "worst", "◆", "past", "▬", "none", "○");
  private static final Tier NONE = new Tier("", "No score", "none");

  private static final Map<String, Object> NOWHERE = Map.of("tier", "", "rank", "", "shape", "");

  private final WeeklyReport report;
  private final ZoneId zone;
  private final Links links;

  /**
   * @param links to pages
   */
  WeeklyPage(WeeklyReport report, ZoneId zone, Links links) {
    this.report = report;
    this.zone = zone;
    this.links = links;
  }

  /** What templates are tried with. */
  static SampleModel sample() {
    ZoneId zone = ZoneId.of("UTC");
    return new SampleModel(
        new WeeklyPage(SampleReport.FULL, zone, Links.WITHIN).model(),
        new WeeklyPage(SampleReport.LEAST, zone, Links.NONE).model(),
        false);
  }

  Map<String, Object> model() {
    Map<String, Object> model = new HashMap<>();
    model.put("begin", Figures.longDay(report.from(), zone));
    model.put("end", Figures.longDay(report.to(), zone));
    model.put("headline", report.headline());
    model.put("tiers", tiers());
    model.put("entered", report.entered().stream().map(this::entered).toList());
    model.put("fell", lines(report.fell()));
    model.put("rose", lines(report.rose()));
    model.put("renewals", renewals());
    model.put("tasks", tasks());
    model.put(
        "runs",
        report.runs().stream()
            .map(runs -> Map.of("name", runs.name(), "runs", Figures.count(runs.runs())))
            .toList());
    model.put("held", report.held().stream().map(this::held).toList());
    model.put("link", links.report());
    return model;
  }

  private List<Map<String, Object>> tiers() {
    long all = report.tiers().stream().mapToLong(band -> band.now().accounts()).sum();
    List<Map<String, Object>> tiers = new ArrayList<>();
    for (Band band : report.tiers()) {
      Map<String, Object> tier = mark(band.tier());
      tier.put("accounts", Figures.count(band.now().accounts()));
      tier.put("arr", Figures.amount(band.now().arr()));
      tier.put("share", all == 0 ? "" : Figures.score(100.0 * band.now().accounts() / all));
      tier.put("width", all == 0 ? 0 : Math.round(100.0 * band.now().accounts() / all));
      Optional<Sum> change = Optional.ofNullable(band.change());
      tier.put("change", change.map(sum -> Figures.change((double) sum.accounts())).orElse(""));
      tier.put("arrChange", change.map(sum -> Figures.change(sum.arr())).orElse(""));
      tiers.add(tier);
    }
    return tiers;
  }

  /** A tier by a shape, a word and the name of a colour. */
  private static Map<String, Object> mark(Tier tier) {
    Tier shown = tier == null ? NONE : tier;
    Map<String, Object> mark = new HashMap<>();
    mark.put("tier", shown.name());
    mark.put("rank", shown.rank());
    mark.put("shape", SHAPES.get(shown.rank()));
    return mark;
  }

  private Map<String, Object> entered(Entered entered) {
    Map<String, Object> model = mark(entered.tier());
    model.put("some", entered.all().accounts() > 0);
    model.putAll(listed(entered.all(), entered.items()));
    return model;
  }

  private Map<String, Object> listed(Sum all, List<Line> items) {
    Map<String, Object> model = new HashMap<>();
    model.put("count", Figures.count(all.accounts(), "account"));
    model.put("worth", Math.round(all.arr()) == 0 ? "" : Figures.amount(all.arr()));
    model.put("items", lines(items));
    model.put("more", more(all.accounts() - items.size()));
    return model;
  }

  private static String more(long count) {
    return count <= 0 ? "" : Figures.count(count);
  }

  private List<Map<String, Object>> lines(List<Line> lines) {
    return lines.stream().map(this::line).toList();
  }

  private Map<String, Object> line(Line line) {
    Map<String, Object> model = mark(line.tier());
    model.put("id", line.account());
    model.put("name", line.name());
    model.put("link", links.account(line.account()));
    model.put("owner", text(line.owner()));
    model.put("from", line.from() == null ? NOWHERE : mark(line.from()));
    model.put("since", line.since() == null ? "" : Figures.day(line.since(), zone));
    model.put("score", Figures.score(line.score()));
    model.put("change", Figures.points(line.change()));
    model.put("arr", Figures.amount(line.arr()));
    model.put("renewal", line.renewal() == null ? "" : Figures.day(line.renewal()));
    model.put("days", line.renewal() == null ? "" : days(line.renewal()));
    model.put("why", line.why() == null ? "" : line.why().name());
    model.put("lost", line.why() == null ? "" : Figures.score(line.why().lost()));
    return model;
  }

  private String days(LocalDate renewal) {
    long days = ChronoUnit.DAYS.between(date(report.to()), renewal);
    return days <= 0 ? "today" : "in " + Figures.count(days, "day");
  }

  private LocalDate date(Instant at) {
    return at.atZone(zone).toLocalDate();
  }

  private static String text(String orNull) {
    return orNull == null ? "" : orNull;
  }

  private Map<String, Object> renewals() {
    WeeklyReport.Renewals renewals = report.renewals();
    Map<String, Object> model = listed(renewals.all(), renewals.items());
    model.put("within", Figures.count(renewals.withinDays(), "day"));
    return model;
  }

  private Map<String, Object> tasks() {
    WeeklyReport.Tasks tasks = report.tasks();
    return Map.of(
        "done",
        Figures.count(tasks.done(), "task"),
        "overdue",
        Figures.count(tasks.overdue(), "task"),
        "items",
        tasks.items().stream().map(this::task).toList(),
        "more",
        more(tasks.overdue() - tasks.items().size()));
  }

  private Map<String, Object> task(Overdue task) {
    return Map.of(
        "title",
        task.title(),
        "name",
        task.name(),
        "link",
        links.account(task.account()),
        "owner",
        text(task.owner()),
        "due",
        Figures.day(task.dueAt(), zone),
        "late",
        Figures.count(ChronoUnit.DAYS.between(date(task.dueAt()), date(report.to())), "day"));
  }

  private Map<String, Object> held(Held held) {
    return Map.of(
        "accounts",
        Figures.count(held.accounts(), "account"),
        "since",
        Figures.day(held.since(), zone),
        "why",
        held.signal() == null
            ? "more accounts turned on one day than customers do"
            : "the signal " + held.signal() + " has all but ceased to come");
  }
}
