package io.onlooker.server.web;

import io.onlooker.server.read.Reading;
import io.onlooker.store.Result;
import io.onlooker.store.SessionGroup;
import io.onlooker.store.query.QueryParser;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The six figures of the overview. */
final class Readings {

  private static final double MUCH = 1.25;

  private final Frame frame;
  private final Ask ask;
  private final OverviewAnswers answers;
  private final Beside<Double> mostToolFailures;
  private final SessionGroup now;
  private final SessionGroup before;
  private @Nullable List<SessionGroup> usual;

  Readings(Frame frame, Ask ask, OverviewAnswers answers) {
    this.frame = frame;
    this.ask = ask;
    this.answers = answers;
    this.mostToolFailures = Beside.begin(this::mostToolFailures);
    this.now = answers.now().join();
    this.before = answers.before().join();
  }

  List<BoardView.Reading> all() {
    return List.of(started(), failed(), slow(), tokens(), cost(), toolErrors());
  }

  private BoardView.Reading started() {
    return reading(
        "Sessions",
        Show.count(now.counts().sessions()),
        "",
        now.counts().recovered() + " recovered, " + now.counts().running() + " running",
        change(Unit.COUNT, one -> (double) one.counts().sessions(), false),
        sessions(""));
  }

  private BoardView.Reading failed() {
    boolean worse = worse(one -> one.counts().failureRate());
    return reading(
        "Failed",
        Show.count(now.counts().failed()),
        Show.share(now.counts().failureRate()),
        now.counts().failed() + " of " + now.counts().sessions(),
        Change.of(
            Unit.COUNT, (double) now.counts().failed(), (double) before.counts().failed(), worse),
        sessions("status:failed"));
  }

  private BoardView.Reading slow() {
    Double p95 = now.times().p95();
    return reading(
        "p95 duration",
        Unit.MILLIS.show(p95),
        "",
        Unit.MILLIS.exact(p95),
        change(Unit.MILLIS, one -> one.times().p95(), true),
        Links.with(sessionsPath(), sorted("-duration")));
  }

  private BoardView.Reading tokens() {
    Long in = now.usage().inputTokens();
    Long out = now.usage().outputTokens();
    String parts = "in " + Show.tokens(in) + " · out " + Show.tokens(out);
    return reading(
        "Tokens",
        Show.tokens(now.usage().totalTokens()),
        "",
        in + " in, " + out + " out",
        new Change(parts, ""),
        Links.with(sessionsPath(), sorted("-tokens")));
  }

  private BoardView.Reading cost() {
    return reading(
        "Cost",
        Show.cost(now.cost()),
        "",
        Show.exactCost(now.cost()),
        change(Unit.USD, Readings::usd, true),
        Links.with(sessionsPath(), sorted("-cost")));
  }

  private BoardView.Reading toolErrors() {
    ToolCalls.Sum today = answers.tools().join().sumNow();
    ToolCalls.Sum earlier = answers.tools().join().sumBefore();
    boolean worse = today.share() > mostToolFailures.join();
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("q", Tool.FAILED);
    parameters.putAll(ask.kept());
    parameters.put("agg", "count()");
    parameters.put("by", "gen_ai.tool.name");
    return reading(
        "Tool errors",
        Show.count(today.failed()),
        Show.share(today.share()),
        today.failed() + " of " + today.calls() + " calls",
        Change.of(Unit.COUNT, (double) today.failed(), (double) earlier.failed(), worse),
        frame.links().spans(parameters));
  }

  /** The most of their share in earlier periods; asked for only where more failed than before. */
  private double mostToolFailures() {
    ToolCalls tools = answers.tools().join();
    if (tools.sumNow().failed() <= MUCH * tools.sumBefore().failed()) {
      return Double.POSITIVE_INFINITY;
    }
    Duration length = Duration.between(ask.range().from(), ask.range().to());
    Duration step = Duration.ofMinutes(Math.max(1, length.toMinutes()));
    Range week = new Range("", ask.range().from().minus(step.multipliedBy(7)), ask.range().from());
    Result result =
        answers
            .spans()
            .ask(
                QueryParser.parse(calls()),
                Figures.parsed(List.of(Tool.FAILURE_RATE)),
                List.of(),
                week,
                step,
                1);
    return result.series().stream()
        .flatMap(series -> series.points().stream())
        .mapToDouble(point -> SessionFigures.number(Series.number(point.values().getFirst())))
        .filter(rate -> !Double.isNaN(rate))
        .max()
        .orElse(0);
  }

  private String calls() {
    return Tool.CALLS + " " + ask.environment();
  }

  private static @Nullable Double usd(SessionGroup group) {
    BigDecimal usd = group.cost().usd();
    return usd == null ? null : (Double) usd.doubleValue();
  }

  private Change change(
      Unit unit, Function<SessionGroup, @Nullable Double> figure, boolean moreIsWorse) {
    return Change.of(unit, figure.apply(now), figure.apply(before), moreIsWorse && worse(figure));
  }

  /** What is usual takes longest to tell, and matters only to what is worse than before. */
  private boolean worse(Function<SessionGroup, @Nullable Double> figure) {
    if (!Reading.isMore(figure.apply(now), figure.apply(before))) {
      return false;
    }
    if (usual == null) {
      usual = answers.sessions().usual(ask.range());
    }
    List<@Nullable Double> others = new ArrayList<>();
    usual.forEach(one -> others.add(figure.apply(one)));
    return Reading.of("", figure.apply(now), figure.apply(before), others, true).verdict()
        == Reading.Verdict.WORSE;
  }

  private BoardView.Reading reading(
      String label, String value, String aside, String title, Change change, String link) {
    String than =
        change.text().isEmpty() || change.text().startsWith("in ")
            ? ""
            : ask.in("24h") ? "vs yesterday" : "vs before";
    return new BoardView.Reading(label, value, aside, title, change, than, link);
  }

  private String sessions(String query) {
    return OverviewPage.sessionsLink(frame, ask, query);
  }

  private String sessionsPath() {
    return frame.links().sessions();
  }

  private Map<String, String> sorted(String sort) {
    Map<String, String> parameters = new LinkedHashMap<>(ask.kept());
    parameters.put("sort", sort);
    return parameters;
  }
}
