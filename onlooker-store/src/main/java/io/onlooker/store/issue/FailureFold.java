package io.onlooker.store.issue;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.Session;
import io.onlooker.store.issue.Cause.Place;
import io.onlooker.store.span.Fault;
import io.onlooker.store.span.RunTree;
import io.onlooker.store.span.SpanKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Derives the failures of a trace from all its spans known so far; pure, as the fold of sessions
 * is.
 *
 * <p>A tool that fails often makes its agent fail with the same words: that is one failure, told
 * twice. It counts at the innermost span that tells it. A model call that only says that it ended
 * badly tells the failure of the span above that says why. What was cancelled did not fail.
 */
public final class FailureFold {

  /** A client's own word for what a span is. */
  private static final String SPAN_KIND = "ai.span.type";

  private final RunTree tree;
  private final Map<String, Session> sessions = new HashMap<>();
  private final @Nullable Fault[] faults;

  /** The nearest span above each that failed, or -1. */
  private final int[] above;

  /** The span that each tells of again, or -1. */
  private final int[] retells;

  private FailureFold(List<SpanData> spans, List<Session> sessions) {
    tree = RunTree.of(spans);
    sessions.forEach(session -> this.sessions.put(session.rootSpanId(), session));
    faults = new Fault[tree.size()];
    above = new int[tree.size()];
    retells = new int[tree.size()];
  }

  /**
   * What failed in a trace.
   *
   * @param failures innermost ones and those that tell them again
   * @param causes the issue that made a session fail, or that it recovered from, by the session's
   *     id
   */
  public record Folded(List<Failure> failures, Map<String, String> causes) {
    public static final Folded NONE = new Folded(List.of(), Map.of());

    public Folded {
      failures = List.copyOf(failures);
      causes = Map.copyOf(causes);
    }
  }

  /**
   * The failures of one trace.
   *
   * @param spans all spans of the trace, the latest revision of each
   * @param sessions what was folded of the same spans
   */
  public static Folded fold(List<SpanData> spans, List<Session> sessions) {
    return spans.stream().noneMatch(FailureFold::failed)
        ? Folded.NONE
        : new FailureFold(spans, sessions).folded();
  }

  private static boolean failed(SpanData span) {
    return fault(span) != null;
  }

  private static @Nullable Fault fault(SpanData span) {
    if (Fault.cancelled(span)) {
      return null;
    }
    boolean broken = span.status().code() != SpanStatus.Code.ERROR;
    String finish = broken ? Fault.badFinish(span) : null;
    return finish == null || finish.equals("error") ? Fault.of(span) : null;
  }

  private Folded folded() {
    findFaults();
    mergeRetold();
    List<Failure> failures = new ArrayList<>();
    Map<Integer, Failure> byIndex = new HashMap<>();
    for (int i = 0; i < faults.length; i++) {
      Fault fault = faults[i];
      if (fault != null) {
        Failure failure = failure(i, fault);
        failures.add(failure);
        byIndex.put(i, failure);
      }
    }
    return new Folded(failures, causes(byIndex));
  }

  private void findFaults() {
    Arrays.fill(retells, -1);
    for (int i : tree.topDown()) {
      int parent = tree.parent(i);
      above[i] = parent < 0 ? -1 : faults[parent] != null ? parent : above[parent];
      faults[i] = fault(tree.span(i));
    }
  }

  /** From the leaves up, so that the innermost of a chain counts. */
  private void mergeRetold() {
    int[] topDown = tree.topDown();
    for (int k = topDown.length - 1; k >= 0; k--) {
      int inner = topDown[k];
      int outer = above[inner];
      Fault told = faults[inner];
      Fault again = outer < 0 ? null : faults[outer];
      if (told == null || again == null) {
        continue;
      }
      if (!said(inner, told) && said(outer, again)) {
        retells[inner] = outer;
      } else if (!again.stated() || repeats(again, told)) {
        retells[outer] = inner;
      }
    }
  }

  /** Whether the sender said what went wrong. */
  private boolean said(int index, Fault fault) {
    return fault.stated() && tree.span(index).status().code() == SpanStatus.Code.ERROR;
  }

  private static boolean repeats(Fault again, Fault told) {
    return told.message() != null
        && !told.message().isBlank()
        && again.message() != null
        && again.message().contains(told.message());
  }

  /** The innermost failure that the span's tells; itself when it tells its own. */
  private int innermost(int index) {
    int at = index;
    for (int hops = 0; retells[at] >= 0 && hops < tree.size(); hops++) {
      at = retells[at];
    }
    return at;
  }

  private Failure failure(int index, Fault fault) {
    SpanData span = tree.span(index);
    int first = innermost(index);
    Session session = session(index);
    int causeAt = first;
    Fault cause = Objects.requireNonNull(faults[causeAt]);
    return new Failure(
        id(span),
        first == index ? null : id(tree.span(first)),
        span.open() ? span.startNanos() : span.endNanos(),
        Cause.of(cause, place(causeAt)),
        span.traceId(),
        span.spanId(),
        Failure.said(fault.message()),
        span.attributes().string(SPAN_KIND),
        session == null ? null : session.id(),
        Failure.Setting.of(span.attributes(), session));
  }

  private static String id(SpanData span) {
    return span.traceId() + span.spanId();
  }

  private @Nullable Session session(int index) {
    int run = tree.run(index);
    return run < 0 ? null : sessions.get(tree.span(run).spanId());
  }

  /** The tool, model or agent at or above the span. */
  private Place place(int index) {
    for (int i = index; i >= 0; i = tree.parent(i)) {
      Attributes attributes = tree.span(i).attributes();
      SpanKind kind = tree.kind(i);
      String model = attributes.string(GenAi.REQUEST_MODEL);
      String name =
          switch (kind) {
            case TOOL -> attributes.string(GenAi.TOOL_NAME);
            case MODEL -> model == null ? attributes.string(GenAi.RESPONSE_MODEL) : model;
            case AGENT -> attributes.string(GenAi.AGENT_NAME);
            default -> null;
          };
      switch (kind) {
        case TOOL -> {
          return new Place(Place.Kind.TOOL, name == null ? tree.span(i).name() : name);
        }
        case MODEL -> {
          return new Place(Place.Kind.MODEL, name);
        }
        case AGENT -> {
          return new Place(Place.Kind.AGENT, name == null ? tree.span(i).name() : name);
        }
        default -> {
          if (kind != SpanKind.WRAPPER && i == index && tree.run(i) < 0) {
            return new Place(Place.Kind.OPERATION, tree.span(i).op());
          }
        }
      }
    }
    return new Place(Place.Kind.OPERATION, tree.span(index).op());
  }

  /** What the root itself tells, else the last failure inside; of a recovered run the first. */
  private Map<String, String> causes(Map<Integer, Failure> byIndex) {
    Map<String, String> causes = new HashMap<>();
    byIndex.forEach((index, failure) -> {
      Session session = tree.run(index) == index ? session(index) : null;
      if (session != null && session.status() == Session.Status.FAILED) {
        causes.put(session.id(), failure.cause().id());
      }
    });
    for (int i = 0; i < faults.length; i++) {
      Failure failure = byIndex.get(i);
      if (failure != null && failure.retells() == null) {
        causeInside(i, failure, byIndex, causes);
      }
    }
    return causes;
  }

  private void causeInside(
      int index, Failure failure, Map<Integer, Failure> byIndex, Map<String, String> causes) {
    int run = tree.run(index);
    for (int level = 0; run >= 0 && level < MOST_LEVELS; level++) {
      Session session = sessions.get(tree.span(run).spanId());
      if (session != null && session.status() == Session.Status.RECOVERED) {
        causes.putIfAbsent(session.id(), failure.cause().id());
      } else if (session != null
          && session.status() == Session.Status.FAILED
          && !byIndex.containsKey(run)) {
        causes.put(session.id(), failure.cause().id());
      }
      int parent = tree.parent(run);
      run = parent < 0 ? -1 : tree.run(parent);
    }
  }

  /** Sub-agents of sub-agents; what lies deeper has its cause in those above it. */
  private static final int MOST_LEVELS = 50;
}
