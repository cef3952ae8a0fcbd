package keepwell.dashboard.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SelectionTest {
  private static final Selection SECOND_PAGE =
      new Selection(Map.of("tier", "red", "owner", "Dana & Kim", "cursor", "x", "sort", "-arr"));

  @Test
  void the_same_list_has_one_url() {
    assertThat(SECOND_PAGE.here())
        .isEqualTo("/?cursor=x&owner=Dana%20%26%20Kim&sort=-arr&tier=red");
    assertThat(SECOND_PAGE.query())
        .isEqualTo("?cursor=x&owner=Dana%20%26%20Kim&sort=-arr&tier=red");
    assertThat(Selection.none().query()).isEmpty();
  }

  @Test
  void odd_characters_make_no_other_url() {
    assertThat(new Selection(Map.of("a b#\r", "50% \"<&?")).here())
        .isEqualTo("/?a%20b%23%0D=50%25%20%22%3C%26%3F");
  }

  @Test
  void another_filter_begins_from_the_first_page() {
    assertThat(SECOND_PAGE.with("owner", "")).isEqualTo("/?sort=-arr&tier=red");
    assertThat(SECOND_PAGE.and("owner", "").with("tier", "green"))
        .isEqualTo("/?sort=-arr&tier=green");
  }

  @Test
  void what_is_shown_beside_the_list_leaves_its_page() {
    assertThat(SECOND_PAGE.and("owner", "").beside("moves", "P30D"))
        .isEqualTo("/?moves=P30D&sort=-arr&tier=red");
    assertThat(SECOND_PAGE.beside("moves", "P30D")).contains("cursor=x", "moves=P30D");
    assertThat(new Selection(Map.of("moves", "P30D", "sort", "name")).isFiltered()).isFalse();
  }

  @Test
  void a_form_carries_along_what_it_has_no_field_for() {
    assertThat(SECOND_PAGE.besides(List.of("sort", "q")))
        .isEqualTo(Map.of("tier", "red", "owner", "Dana & Kim"));
  }
}
