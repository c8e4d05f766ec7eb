package io.onlooker.server.read;

import io.onlooker.store.Filter;
import io.onlooker.store.SessionGroup;
import io.onlooker.store.SessionGroupQuery;
import io.onlooker.store.SessionGroupQuery.By;
import io.onlooker.store.SessionGroupQuery.Order;
import io.onlooker.store.Store;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads how agents run. Their runs are sessions, so that a run whose span says ok though its model
 * never answered counts as what it was. A sub-agent's tokens stand in its own row and in the one of
 * the agent above.
 */
public final class AgentFigures {

  private final Store store;
  private final int project;

  public AgentFigures(Store store, int project) {
    this.store = store;
    this.project = project;
  }

  /** Agents with most runs first. */
  public List<RollupRow> rows(Filter sessions, Period period, boolean compared, int limit) {
    Map<String, Figures> before = new HashMap<>();
    if (compared) {
      groups(sessions, period.before(), 1000)
          .forEach(group -> before.put(group.key(), figures(group)));
    }
    return groups(sessions, period, limit).stream()
        .map(group -> new RollupRow(group.key(), figures(group), before.get(group.key()), Map.of()))
        .toList();
  }

  private List<SessionGroup> groups(Filter sessions, Period period, int limit) {
    return store
        .sessionGroups(
            new SessionGroupQuery(
                project,
                sessions,
                period.from(),
                period.to(),
                By.AGENT,
                null,
                Order.SESSIONS,
                limit,
                null))
        .groups();
  }

  /** The figures of a group of sessions under the names of the tables. */
  public static Figures figures(SessionGroup group) {
    double runs = group.counts().sessions();
    BigDecimal usd = group.cost().usd();
    Double cost = usd == null ? null : (Double) usd.doubleValue();
    Map<String, @Nullable Double> figures = new LinkedHashMap<>();
    figures.put("runs", runs);
    figures.put("failed", (double) group.counts().failed());
    figures.put("failure_rate", group.counts().failureRate());
    figures.put("recovered", (double) group.counts().recovered());
    figures.put("avg_ms", group.times().mean());
    figures.put("p50_ms", group.times().p50());
    figures.put("p95_ms", group.times().p95());
    figures.put("max_ms", group.times().longest());
    figures.put("first_token_avg_ms", group.usage().firstTokenMillis());
    figures.put("steps_per_run", runs == 0 ? null : (Double) (group.steps() / runs));
    figures.put("tokens", number(group.usage().totalTokens()));
    figures.put("tokens_per_run", per(runs, number(group.usage().totalTokens())));
    figures.put("cost_usd", cost);
    figures.put("cost_per_run_usd", per(runs, cost));
    figures.put("unpriced_calls", (double) group.cost().unpriced());
    figures.put("users", (double) group.counts().users());
    figures.put("last_seen", group.span().lastStartNanos() / 1e6);
    return new Figures(figures);
  }

  private static @Nullable Double number(@Nullable Long value) {
    return value == null ? null : (Double) value.doubleValue();
  }

  private static @Nullable Double per(double runs, @Nullable Double sum) {
    return sum == null || runs == 0 ? null : (Double) (sum / runs);
  }
}
