package io.onlooker.store;

import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.store.span.Fault;
import io.onlooker.store.span.Messages;
import io.onlooker.store.span.RunTree;
import io.onlooker.store.span.SessionNames;
import io.onlooker.store.span.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one run while its spans are folded into a session.
 *
 * <p>Goes through four stages: its own spans are added, it is closed after its sub-agents, it takes
 * over what only the run above it knows, and it is read.
 */
final class Run {

  private static final long LEAST_SKEW_NANOS = 1_000_000_000;

  private final RunTree tree;
  private final SpanData root;
  private final @Nullable Run above;
  private final RunNames names;
  private final RunUsage usage = new RunUsage();
  private final RunOutcome outcome;

  private long lastNewsNanos = Long.MIN_VALUE;
  private long firstStartNanos = Long.MAX_VALUE;
  private int steps;
  private int lastModel = -1;

  /** The innermost span that reports this run once more, or -1. */
  private int inside = -1;

  private int firstModel = Integer.MAX_VALUE;
  private @Nullable String answer;

  Run(RunTree tree, int rootIndex, @Nullable Run above) {
    this.tree = tree;
    this.root = tree.span(rootIndex);
    this.above = above;
    this.names = new RunNames(root, tree.kind(rootIndex));
    this.outcome = new RunOutcome(root);
  }

  void add(int index) {
    SpanData span = tree.span(index);
    names.add(index, span);
    hear(span);
    if (tree.isStep(index)) {
      steps++;
      outcome.step(index, span);
    }
    if (tree.continuesRun(index)) {
      inside = index;
      outcome.inside(index, span);
    }
    if (tree.kind(index) == SpanKind.MODEL) {
      usage.add(span);
      firstModel = Math.min(firstModel, index);
      lastModel = Math.max(lastModel, index);
    }
  }

  /** Decides the outcome and counts towards the run above; its sub-agents are closed by then. */
  void close(long nowNanos) {
    answer = answer();
    Fault last = lastModel < 0 ? null : Fault.of(tree.span(lastModel));
    String finish = lastModel < 0 ? null : Fault.badFinish(tree.span(lastModel));
    outcome.decide(new RunOutcome.Facts(answer != null, last, finish, nowNanos - lastNewsNanos));
    if (givenId() != null) {
      usage.fallBack(root);
    }
    if (above != null) {
      above.addInner(this);
    }
  }

  /** Takes over what the run above says of both. */
  void inherit() {
    if (above != null) {
      names.inherit(above.names);
    }
  }

  /** The id that the sender gave the session, or null when it is the root span's. */
  @Nullable String givenId() {
    String id = root.attributes().string(SessionNames.ID);
    return id == null || id.isBlank() ? null : id;
  }

  /**
   * @param id of this session, which no other session of the trace has
   * @param parentId the session above in this trace, or null
   */
  Session session(int project, String id, @Nullable String parentId) {
    return new Session(
        project,
        id,
        root.traceId(),
        root.spanId(),
        parentId == null ? root.attributes().string(SessionNames.PARENT_ID) : parentId,
        root.name(),
        names.agent(),
        names.user(),
        names.conversation(),
        outcome.status(),
        root.startNanos(),
        root.endNanos(),
        new Session.Texts(Preview.of(question()), Preview.of(answer), Preview.of(outcome.reason())),
        new Session.Steps(steps, outcome.failedSteps()),
        usage.total(firstTokenMillis()),
        usage.cost(),
        usage.models(),
        names.environment(),
        names.release(),
        skewNanos());
  }

  @Nullable Run above() {
    return above;
  }

  String rootSpanId() {
    return root.spanId();
  }

  private void addInner(Run inner) {
    steps += inner.steps;
    usage.addInner(inner.usage);
    names.addInner(inner.names);
    outcome.inner(inner.outcome);
    lastNewsNanos = Math.max(lastNewsNanos, inner.lastNewsNanos);
    firstStartNanos = Math.min(firstStartNanos, inner.firstStartNanos);
  }

  private void hear(SpanData span) {
    firstStartNanos = Math.min(firstStartNanos, span.startNanos());
    lastNewsNanos = Math.max(lastNewsNanos, Math.max(span.startNanos(), span.endNanos()));
    for (SpanEvent event : span.events()) {
      lastNewsNanos = Math.max(lastNewsNanos, event.timeNanos());
    }
  }

  /** Nothing inside a run begins before it, and no run ends before it begins. */
  private long skewNanos() {
    long ended = root.open() ? root.startNanos() : root.endNanos();
    long skew = root.startNanos() - Math.min(firstStartNanos, ended);
    return skew < LEAST_SKEW_NANOS ? 0 : skew;
  }

  /** The last user message: a first model call carries the turns before this one as well. */
  private @Nullable String question() {
    String own = Messages.question(Messages.input(root));
    if (own == null && inside >= 0) {
      own = Messages.question(Messages.input(tree.span(inside)));
    }
    return own != null || lastModel < 0
        ? own
        : Messages.question(Messages.input(tree.span(firstModel)));
  }

  private @Nullable String answer() {
    String own = Messages.answer(Messages.output(root));
    if (own == null && inside >= 0) {
      own = Messages.answer(Messages.output(tree.span(inside)));
    }
    return own != null || lastModel < 0
        ? own
        : Messages.answer(Messages.output(tree.span(lastModel)));
  }

  private @Nullable Double firstTokenMillis() {
    return lastModel < 0 ? null : RunUsage.firstTokenMillis(root, tree.span(lastModel));
  }
}
