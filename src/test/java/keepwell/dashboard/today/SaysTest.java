package keepwell.dashboard.today;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import keepwell.playbook.Workload;
import keepwell.playbook.Workload.Open;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SaysTest {
  private static final Optional<String> EVERYBODY = Optional.empty();
  private static final Optional<String> DANA = Optional.of("dana");

  private static Open open(String owner, long open, long overdue, long today) {
    return new Open(Optional.ofNullable(owner), open, overdue, today);
  }

  @Test
  void it_says_what_is_open_overdue_and_due_today() {
    assertThat(Says.tasks(EVERYBODY, List.of(open("kim", 3, 1, 0), open("dana", 1, 0, 1))))
        .isEqualTo("4 tasks are open, 1 is overdue and 1 due today.");
    assertThat(Says.tasks(EVERYBODY, List.of(open("kim", 4, 0, 2))))
        .isEqualTo("4 tasks are open, 2 are due today.");
    assertThat(Says.tasks(EVERYBODY, List.of(open("kim", 1, 0, 0))))
        .isEqualTo("1 task is open, and not due today.");
    assertThat(Says.tasks(EVERYBODY, List.of())).isEqualTo("No task is open.");
  }

  @Test
  void it_says_what_one_of_them_has_to_do() {
    List<Open> all = List.of(open("kim", 3, 1, 0), open("dana", 2, 2, 0), open(null, 2, 0, 0));
    assertThat(Says.tasks(DANA, all)).isEqualTo("2 tasks of dana are open, 2 are overdue.");
    assertThat(Says.tasks(Optional.of("ada"), all)).isEqualTo("No task of ada is open.");
    assertThat(Says.tasks(EVERYBODY, all))
        .isEqualTo("7 tasks are open, 3 are overdue. 2 have no owner.");
  }

  @Test
  void of_very_many_it_says_that_there_are_more() {
    assertThat(Says.tasks(EVERYBODY, List.of(open("kim", Workload.OPEN_MAX, 1, 0))))
        .isEqualTo("More than 10,000 tasks are open, 1 is overdue.");
    assertThat(Says.tasks(DANA, List.of(open("kim", Workload.OPEN_MAX, 1, 0))))
        .as("who comes after them may have some, too")
        .isEqualTo("More than 10,000 tasks are open.");
  }

  @Test
  void who_is_shown_can_be_chosen_even_without_a_task() {
    Owners owners = Owners.of(DANA, List.of(open("kim", 1200, 1, 0), open(null, 2, 0, 0)));
    assertThat(owners.all())
        .containsExactly(new Owners.Owner("dana", "0"), new Owners.Owner("kim", "1,200"));
    assertThat(owners.total()).isEqualTo("1,202");
    assertThat(owners.open()).isEqualTo("0");
    assertThat(owners.here()).isEqualTo("/today?owner=dana");
  }
}
