package keepwell.playbook;

import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import keepwell.health.Answer;

/**
 * How accounts are asked, by their own ids if it is not said otherwise.
 *
 * @param show answers {@link keepwell.health.Standing}, or a {@link keepwell.health.Refusal}
 * @param history of so many days answers {@link keepwell.health.History}, or a {@link
 *     keepwell.health.Refusal}
 * @param retrace of so many days, by persistence ids, answers {@link keepwell.health.Retraced}, or
 *     a {@link keepwell.health.Refusal}
 */
public record Asking(
    Function<String, CompletionStage<Answer>> show,
    BiFunction<String, Integer, CompletionStage<Answer>> history,
    BiFunction<String, Integer, CompletionStage<Answer>> retrace) {}
