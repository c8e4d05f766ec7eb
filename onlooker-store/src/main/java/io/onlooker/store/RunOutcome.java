package io.onlooker.store;

import static java.util.Objects.requireNonNull;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.span.Ending;
import io.onlooker.store.span.Fault;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended and why.
 *
 * <p>What clients leave unsaid is inferred: a run without an answer whose last model call failed
 * has failed although its span says ok, and a run that a guard blocked has recovered: nothing
 * broke, but nothing was answered either.
 */
final class RunOutcome {

  private static final long LOST_AFTER_NANOS = Duration.ofMinutes(10).toNanos();

  private final SpanData root;
  private final Ending ending;
  private Session.@Nullable Status status;
  private int failedSteps;
  private boolean innerFailed;
  private @Nullable FailedStep first;
  private @Nullable FailedStep last;

  RunOutcome(SpanData root) {
    this.root = root;
    this.ending = Ending.of(root);
  }

  /**
   * What else decides.
   *
   * @param lastModel why the last model call failed, or null when it did not
   * @param badFinish the finish reason of the last model call if it is a bad one
   */
  record Facts(
      boolean answered, @Nullable Fault lastModel, @Nullable String badFinish, long silentNanos) {}

  private record FailedStep(int index, String title, Fault fault) {}

  void step(int index, SpanData span) {
    Fault fault = Fault.cancelled(span) ? null : Fault.of(span);
    if (fault != null) {
      failedSteps++;
      note(new FailedStep(index, title(span), fault));
    }
  }

  /** A span that reports this run once more. */
  void inside(int index, SpanData span) {
    Fault fault = Fault.cancelled(span) ? null : Fault.of(span);
    if (fault != null) {
      innerFailed = true;
      note(new FailedStep(index, span.name(), fault));
    }
  }

  void inner(RunOutcome inner) {
    failedSteps += inner.failedSteps;
    innerFailed |= inner.status == Session.Status.FAILED;
    note(inner.first);
    note(inner.last);
  }

  void decide(Facts facts) {
    if (root.open()) {
      boolean lost = facts.silentNanos() > LOST_AFTER_NANOS;
      status = lost ? Session.Status.LOST : Session.Status.RUNNING;
    } else if (Fault.cancelled(root) || ending.aborted()) {
      status = Session.Status.CANCELLED;
    } else if (root.status().code() == SpanStatus.Code.ERROR) {
      status = Session.Status.FAILED;
    } else {
      status = endedWell(facts);
    }
  }

  Session.Status status() {
    return requireNonNull(status, "decided");
  }

  int failedSteps() {
    return failedSteps;
  }

  /** Why it failed, or what failed inside; null when nothing did or no one said. */
  @Nullable String reason() {
    return switch (status()) {
      case FAILED -> failure();
      case CANCELLED -> {
        Fault own = Fault.of(root);
        yield own == null || !own.stated() ? null : own.text();
      }
      case RECOVERED ->
          ending.blockedBy() != null ? "blocked by " + ending.blockedBy() : inside(first);
      case RUNNING, LOST, COMPLETED -> null;
    };
  }

  private Session.Status endedWell(Facts facts) {
    if (!facts.answered() && facts.badFinish() != null && !facts.badFinish().equals("error")) {
      return Session.Status.CANCELLED;
    }
    if (!facts.answered() && facts.lastModel() != null) {
      return Session.Status.FAILED;
    }
    boolean trouble = failedSteps > 0 || innerFailed || ending.blockedBy() != null;
    return trouble ? Session.Status.RECOVERED : Session.Status.COMPLETED;
  }

  /** A step that failed with the words of the run says more: where it was. */
  private String failure() {
    Fault own = Fault.of(root);
    boolean repeats =
        own != null && last != null && Objects.equals(own.message(), last.fault().message());
    String said = repeats || own == null || !own.stated() ? inside(last) : own.text();
    return said != null ? said : "failed without a reason";
  }

  private static @Nullable String inside(@Nullable FailedStep step) {
    if (step == null) {
      return null;
    }
    if (!step.fault().stated()) {
      return step.title() + " failed";
    }
    String text = step.fault().text();
    return text.contains(step.title()) ? text : text + " (in " + step.title() + ")";
  }

  private void note(@Nullable FailedStep step) {
    if (step != null) {
      first = first == null || step.index() < first.index() ? step : first;
      last = last == null || step.index() > last.index() ? step : last;
    }
  }

  private static String title(SpanData span) {
    String tool = span.attributes().string(GenAi.TOOL_NAME);
    return tool == null ? span.name() : tool;
  }
}
