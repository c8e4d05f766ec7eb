package io.onlooker.store;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.store.span.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * Who ran, for whom, where: from the root, else the earliest span of the run that says so, else a
 * sub-agent, else the run above.
 */
final class RunNames {

  private static final String INVOKE = "invoke_agent ";

  private final Earliest agent = new Earliest(GenAi.AGENT_NAME, GenAi.PIPELINE_NAME);
  private final Earliest user = new Earliest(GenAi.USER_ID);
  private final Earliest conversation = new Earliest(GenAi.CONVERSATION_ID);
  private final Earliest environment =
      new Earliest(
          "environment",
          "sentry.environment",
          "deployment.environment.name",
          "deployment.environment");
  private final Earliest release = new Earliest("release", "sentry.release", "service.version");

  RunNames(SpanData root, SpanKind kind) {
    add(-1, root);
    if (kind == SpanKind.AGENT
        && root.name().length() > INVOKE.length()
        && root.name().startsWith(INVOKE)) {
      agent.offer(-1, root.name().substring(INVOKE.length()));
    }
  }

  /**
   * Notes what a span says.
   *
   * @param index its place in order of start; -1 for the root, which comes first whenever it began
   */
  void add(int index, SpanData span) {
    agent.look(index, span.attributes());
    user.look(index, span.attributes());
    conversation.look(index, span.attributes());
    environment.look(index, span.attributes());
    release.look(index, span.attributes());
  }

  void addInner(RunNames inner) {
    user.fallBack(inner.user);
    conversation.fallBack(inner.conversation);
    environment.fallBack(inner.environment);
    release.fallBack(inner.release);
  }

  void inherit(RunNames above) {
    addInner(above);
  }

  @Nullable String agent() {
    return agent.value;
  }

  @Nullable String user() {
    return user.value;
  }

  @Nullable String conversation() {
    return conversation.value;
  }

  @Nullable String environment() {
    return environment.value;
  }

  @Nullable String release() {
    return release.value;
  }

  /** The value of the earliest span that has one of the keys. */
  private static final class Earliest {

    private final String[] keys;
    private int index = Integer.MAX_VALUE;
    private @Nullable String value;

    Earliest(String... keys) {
      this.keys = keys;
    }

    void look(int at, Attributes attributes) {
      if (at < index) {
        for (String key : keys) {
          Object found = attributes.get(key);
          if (found != null) {
            offer(at, found.toString());
            return;
          }
        }
      }
    }

    void offer(int at, String found) {
      if (at < index && !found.isBlank()) {
        index = at;
        value = found;
      }
    }

    void fallBack(Earliest other) {
      if (value == null) {
        value = other.value;
      }
    }
  }
}
