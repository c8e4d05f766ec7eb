package io.onlooker.session;

import static java.util.Objects.requireNonNull;

import io.onlooker.Onlooker;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is said about one call of an agent. Immutable; null: not said.
 *
 * <p>An application says more about a call by making it within {@link #with}:
 *
 * <pre>{@code
 * AgentCall.with(
 *     call -> call.userId("user-42").conversationId("convo-1").metadata("source", "web-chat"),
 *     () -> assistant.chat("How can I help?"));
 * }</pre>
 *
 * @param input what the agent is asked; any object
 */
public record AgentCall(
    @Nullable Object input,
    @Nullable String userId,
    @Nullable String conversationId,
    Map<String, Object> metadata) {

  /** A call of which nothing is known. */
  public static final AgentCall NONE = new AgentCall(null, null, null, Map.of());

  private static final ThreadLocal<AgentCall> SAID = ThreadLocal.withInitial(() -> NONE);

  public AgentCall {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** A call with this question. */
  public static AgentCall of(@Nullable Object input) {
    return new AgentCall(input, null, null, Map.of());
  }

  /**
   * Runs the body; what is said holds for every instrumented agent it calls on this thread, and
   * wins over what the agent's options and memory say. Inner ones win over outer ones.
   */
  public static <T extends @Nullable Object, X extends Throwable> T with(
      UnaryOperator<AgentCall> say, Onlooker.Body<T, X> body) throws X {
    AgentCall before = SAID.get();
    SAID.set(requireNonNull(say.apply(before), "say"));
    try {
      return body.run();
    } finally {
      restore(before);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the very one that stands for nothing
  private static void restore(AgentCall before) {
    if (before == NONE) {
      SAID.remove();
    } else {
      SAID.set(before);
    }
  }

  public AgentCall input(@Nullable Object question) {
    return new AgentCall(question, userId, conversationId, metadata);
  }

  public AgentCall userId(@Nullable String user) {
    return new AgentCall(input, user, conversationId, metadata);
  }

  public AgentCall conversationId(@Nullable String conversation) {
    return new AgentCall(input, userId, conversation, metadata);
  }

  /** Attaches a value for people; null attaches nothing. */
  public AgentCall metadata(String key, @Nullable Object value) {
    return value == null ? this : metadata(Map.of(requireNonNull(key, "key"), value));
  }

  /** Attaches values for people, beside those that are there. */
  public AgentCall metadata(Map<String, ?> values) {
    Map<String, Object> all = new LinkedHashMap<>(metadata);
    all.putAll(values);
    return new AgentCall(input, userId, conversationId, all);
  }

  /** What the application says on this thread, in front of what is known already. */
  AgentCall overridden() {
    return SAID.get().over(this);
  }

  /** This call, with what it leaves out taken from the other. */
  AgentCall over(AgentCall other) {
    Map<String, Object> all = new LinkedHashMap<>(other.metadata);
    all.putAll(metadata);
    return new AgentCall(
        input == null ? other.input : input,
        userId == null ? other.userId : userId,
        conversationId == null ? other.conversationId : conversationId,
        all);
  }
}
