package keepwell.http;

import java.util.Optional;

/**
 * A record of a request, taken or not.
 *
 * @param <T> what records are of
 */
sealed interface Entry<T> {

  /**
   * A faultless record.
   *
   * @param index in the request, from 0
   * @param id its own, as it was sent
   */
  record Taken<T>(int index, String account, T what, Optional<String> id) implements Entry<T> {}

  /**
   * A record that is not taken.
   *
   * @param index in the request, from 0
   * @param id its own, if it could be read
   * @param field that is wrong; null if it is not about one
   * @param problem in words
   */
  record Rejected<T>(int index, String id, String field, String problem) implements Entry<T> {
    /** One that can't be read at all. */
    Rejected(int index, String problem) {
      this(index, null, null, problem);
    }
  }

  /** The end of a request that can be read no further. */
  record BrokenOff<T>(Problem problem) implements Entry<T> {}
}
