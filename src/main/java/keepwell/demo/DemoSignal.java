package keepwell.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/**
 * One line of newline-delimited JSON for {@code POST /v1/signals}.
 *
 * @param value a number, or a date as text
 * @param at RFC 3339, UTC
 * @param user who, or null
 * @param item on what, or null
 */
@JsonInclude(Include.NON_NULL)
record DemoSignal(
    String account, String signal, Object value, String at, String user, String item, String id) {}
