package io.onlooker.test;

import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;

/** What is expected of a run: {@code assertThat(session).calledTool("search").times(1)}. */
public final class SessionAssert extends AbstractAssert<SessionAssert, RecordedSession> {

  private SessionAssert(RecordedSession session) {
    super(session, SessionAssert.class);
  }

  public static SessionAssert assertThat(RecordedSession session) {
    return new SessionAssert(session);
  }

  /** The calls of a tool; says nothing until it is told how many. */
  public Calls calledTool(String tool) {
    return new Calls("calls of tool " + tool, session().toolCalls(tool));
  }

  /** The calls of a model, by the name in the request. */
  public Calls calledModel(String model) {
    List<SpanSnapshot> calls =
        session().modelCalls().stream()
            .filter(span -> model.equals(span.attributes().string(GenAi.REQUEST_MODEL)))
            .toList();
    return new Calls("calls of model " + model, calls);
  }

  public SessionAssert succeeded() {
    SpanStatus status = session().root().status();
    if (status.code() == SpanStatus.Code.ERROR || status.code() == SpanStatus.Code.CANCELLED) {
      failWithMessage("status: %s (expected: no error)%n%s", status, session().tree());
    }
    return this;
  }

  public SessionAssert failed() {
    SpanStatus status = session().root().status();
    if (status.code() != SpanStatus.Code.ERROR) {
      failWithMessage("status: %s (expected: an error)%n%s", status, session().tree());
    }
    return this;
  }

  public SessionAssert usedTokens(long total) {
    if (session().totalTokens() != total) {
      failWithMessage("tokens: %s (expected: %s)", session().totalTokens(), total);
    }
    return this;
  }

  /** The names of all spans as a tree, two blanks deeper for each level. */
  public SessionAssert hasTree(String... lines) {
    String expected = String.join("\n", lines) + "\n";
    if (!session().tree().equals(expected)) {
      failWithMessage("tree:%n%s(expected:%n%s)", session().tree(), expected);
    }
    return this;
  }

  private RecordedSession session() {
    isNotNull();
    return Objects.requireNonNull(actual);
  }

  /** How often something was called. */
  public final class Calls {

    private final String what;
    private final List<SpanSnapshot> calls;

    private Calls(String what, List<SpanSnapshot> calls) {
      this.what = what;
      this.calls = calls;
    }

    public SessionAssert times(int count) {
      if (calls.size() != count) {
        failWithMessage("%s: %s (expected: %s)%n%s", what, calls.size(), count, session().tree());
      }
      return SessionAssert.this;
    }

    public SessionAssert never() {
      return times(0);
    }
  }
}
