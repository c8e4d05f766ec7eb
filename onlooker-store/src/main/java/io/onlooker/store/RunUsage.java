package io.onlooker.store;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tokens and models of a run, over its model calls and those of its sub-agents. */
final class RunUsage {

  /** So that a hostile trace cannot make each of its sessions carry all its names. */
  private static final int MOST_MODELS = 20;

  private final SortedSet<String> models = new TreeSet<>();
  private @Nullable Long input;
  private @Nullable Long output;
  private @Nullable Long total;

  void add(SpanData call) {
    Attributes attributes = call.attributes();
    Long in = tokens(attributes, GenAi.USAGE_INPUT_TOKENS);
    Long out = tokens(attributes, GenAi.USAGE_OUTPUT_TOKENS);
    Long all = tokens(attributes, GenAi.USAGE_TOTAL_TOKENS);
    input = sum(input, in);
    output = sum(output, out);
    total = sum(total, all == null ? sum(in, out) : all);
    String response = attributes.string(GenAi.RESPONSE_MODEL);
    addModel(response == null ? attributes.string(GenAi.REQUEST_MODEL) : response);
  }

  void addInner(RunUsage inner) {
    input = sum(input, inner.input);
    output = sum(output, inner.output);
    total = sum(total, inner.total);
    inner.models.forEach(this::addModel);
  }

  /** Takes what the root says of the whole run when no call inside said anything. */
  void fallBack(SpanData root) {
    if (input == null && output == null && total == null) {
      add(root);
    }
  }

  Session.Usage total(@Nullable Double firstTokenMillis) {
    return new Session.Usage(input, output, total, firstTokenMillis);
  }

  List<String> models() {
    return List.copyOf(models);
  }

  /**
   * From the start of the run to the first token of this call; null when the client did not say.
   */
  static @Nullable Double firstTokenMillis(SpanData root, SpanData call) {
    Double seconds = call.attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK);
    return seconds == null ? null : (call.startNanos() - root.startNanos()) / 1e6 + seconds * 1000;
  }

  private void addModel(@Nullable String model) {
    if (model != null) {
      models.add(model);
      if (models.size() > MOST_MODELS) {
        models.removeLast();
      }
    }
  }

  private static @Nullable Long tokens(Attributes attributes, String key) {
    Double number = attributes.number(key);
    return number == null ? null : Math.round(number);
  }

  private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
    return a == null ? b : b == null ? a : (Long) (a + b);
  }
}
