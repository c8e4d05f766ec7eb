package io.onlooker.store;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.store.span.SpanCost;
import io.onlooker.store.span.SpanTokens;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tokens, cost and models of a run, over its model calls and those of its sub-agents. */
final class RunUsage {

  /** So that a hostile trace cannot make each of its sessions carry all its names. */
  private static final int MOST_MODELS = 20;

  private final SortedSet<String> models = new TreeSet<>();
  private SpanTokens tokens = SpanTokens.UNKNOWN;
  private Session.Cost cost = Session.Cost.NONE;

  void add(SpanData call) {
    Attributes attributes = call.attributes();
    tokens = tokens.plus(SpanTokens.of(call));
    SpanCost noted = SpanCost.of(call);
    cost = cost.plus(new Session.Cost(noted.usd(), noted.missing() == null ? 0 : 1));
    String response = attributes.string(GenAi.RESPONSE_MODEL);
    addModel(response == null ? attributes.string(GenAi.REQUEST_MODEL) : response);
  }

  void addInner(RunUsage inner) {
    tokens = tokens.plus(inner.tokens);
    cost = cost.plus(inner.cost);
    inner.models.forEach(this::addModel);
  }

  /** Takes what the root says of the whole run where the calls inside said nothing. */
  void fallBack(SpanData root) {
    if (tokens.equals(SpanTokens.UNKNOWN)) {
      tokens = SpanTokens.of(root);
    }
    BigDecimal reported = SpanCost.reported(root);
    if (cost.usd() == null && reported != null) {
      cost = new Session.Cost(reported, 0);
    }
  }

  Session.Usage total(@Nullable Double firstTokenMillis) {
    return new Session.Usage(tokens.input(), tokens.output(), tokens.total(), firstTokenMillis);
  }

  Session.Cost cost() {
    return cost;
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
}
