package keepwell;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms, and what may be seen from each. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {
  private static final JavaClasses KEEPWELL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("keepwell");

  private static final List<String> ROOMS =
      List.of(
          "keepwell",
          "keepwell.health",
          "keepwell.journal",
          "keepwell.access",
          "keepwell.account",
          "keepwell.portfolio",
          "keepwell.outreach",
          "keepwell.playbook",
          "keepwell.truth",
          "keepwell.report",
          "keepwell.cluster",
          "keepwell.http",
          "keepwell.dashboard..",
          "keepwell.demo");

  @Test
  void health_is_plain_java() {
    holds(
        classes()
            .that()
            .resideInAPackage("keepwell.health")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "keepwell.health"));
  }

  static Stream<Arguments> views() {
    return Stream.of(
        Arguments.of("keepwell.journal", List.of("keepwell.health")),
        Arguments.of("keepwell.access", List.of("keepwell.journal")),
        Arguments.of("keepwell.account", List.of("keepwell.health", "keepwell.journal")),
        Arguments.of("keepwell.portfolio", List.of("keepwell.health", "keepwell.journal")),
        Arguments.of("keepwell.outreach", List.of("keepwell.journal", "keepwell.portfolio")),
        Arguments.of(
            "keepwell.playbook",
            List.of(
                "keepwell.health", "keepwell.journal", "keepwell.portfolio", "keepwell.outreach")),
        Arguments.of(
            "keepwell.truth",
            List.of(
                "keepwell.health", "keepwell.journal", "keepwell.portfolio", "keepwell.playbook")),
        Arguments.of(
            "keepwell.report",
            List.of(
                "keepwell.health",
                "keepwell.journal",
                "keepwell.portfolio",
                "keepwell.outreach",
                "keepwell.playbook",
                "keepwell.truth")),
        Arguments.of("keepwell.cluster", List.of("keepwell.journal")),
        Arguments.of(
            "keepwell.http",
            List.of(
                "keepwell.health",
                "keepwell.journal",
                "keepwell.access",
                "keepwell.account",
                "keepwell.cluster",
                "keepwell.portfolio",
                "keepwell.outreach",
                "keepwell.playbook",
                "keepwell.truth",
                "keepwell.report")),
        Arguments.of(
            "keepwell.dashboard..",
            List.of(
                "keepwell.health",
                "keepwell.journal",
                "keepwell.access",
                "keepwell.account",
                "keepwell.portfolio",
                "keepwell.playbook",
                "keepwell.truth",
                "keepwell.report",
                "keepwell.cluster",
                "keepwell.http")),
        Arguments.of("keepwell.demo", List.of()));
  }

  @ParameterizedTest
  @MethodSource("views")
  void a_room_imports_only_what_it_may(String room, List<String> may) {
    String[] others =
        ROOMS.stream().filter(r -> !r.equals(room) && !may.contains(r)).toArray(String[]::new);
    holds(
        noClasses()
            .that()
            .resideInAPackage(room)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others));
  }

  @Test
  void there_are_no_other_rooms_and_no_cycles_between_them() {
    holds(classes().should().resideInAnyPackage(ROOMS.toArray(String[]::new)));
    holds(slices().matching("keepwell.(*)..").should().beFreeOfCycles());
    holds(slices().matching("keepwell.dashboard.(*)").should().beFreeOfCycles());
  }

  @Test
  void the_time_is_handed_in() {
    holds(
        noClasses()
            .that()
            .haveNameNotMatching("keepwell\\.Main(\\$.*)?")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis"));
  }

  @Test
  void only_accounts_use_sharding() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage("keepwell.account")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("akka.cluster.sharding.."));
  }

  @Test
  void only_settings_and_the_wiring_read_configuration() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage("keepwell")
            .and()
            .doNotHaveSimpleName("JournalDatabase") // the plugin hands it one, unread
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.typesafe.config.."));
  }

  private static void holds(ArchRule rule) {
    rule.check(KEEPWELL);
  }
}
