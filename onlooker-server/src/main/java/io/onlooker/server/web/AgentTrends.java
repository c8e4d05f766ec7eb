package io.onlooker.server.web;

import io.onlooker.store.Result;
import io.onlooker.store.SessionGroup;
import io.onlooker.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often agents ran in the last seven days, whatever the time of the list. */
record AgentTrends(Store store, int project) {

  private static final Duration WEEK = Duration.ofDays(7);
  private static final String RUNS = "gen_ai.operation.type:agent has:gen_ai.agent.name";
  private static final int MOST = 200;

  /** The lines of these agents, their spreads drawn to one scale. */
  List<GroupsPage.Line> lines(List<SessionGroup> agents, Frame frame, Ask ask) {
    double longest =
        agents.stream()
            .mapToDouble(agent -> agent.times().longest() == null ? 0 : agent.times().longest())
            .max()
            .orElse(0);
    Map<String, String> trends = trends(frame);
    return agents.stream()
        .map(agent ->
            new GroupsPage.Line(agent, frame, ask, longest, trends.getOrDefault(agent.key(), "")))
        .toList();
  }

  private Map<String, String> trends(Frame frame) {
    Instant now = frame.now();
    TimeAxis axis =
        TimeAxis.over(new Range("", now.minus(WEEK), now.plusSeconds(1)), frame.visitor().zone());
    Result result =
        new Figures(store, project)
            .steps(RUNS, List.of("count()"), List.of("gen_ai.agent.name"), axis, MOST);
    Map<String, String> trends = new HashMap<>();
    for (Result.Series points : result.series()) {
      String name = Actors.name(points.group().getFirst());
      long[] counts =
          Series.of(name, "", axis, points, 0, 0).values().stream()
              .mapToLong(Math::round)
              .toArray();
      trends.put(name, Spark.bars(counts));
    }
    return trends;
  }
}
