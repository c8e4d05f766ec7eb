package io.onlooker.session;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Instruments agents that an application wrote itself (seed 004): one call, then the agent is used
 * as before, and each of its calls is a session.
 *
 * <pre>{@code
 * Agent<String, String, RuntimeException> tracked =
 *     OnlookerAgents.instrumentAgent(
 *         agent::generate, o -> o.apiKey(System.getenv("ONLOOKER_API_KEY")).agentName("my-agent"));
 * String answer = tracked.generate("What is the weather today?");
 * }</pre>
 */
public final class OnlookerAgents {

  private OnlookerAgents() {}

  /**
   * An agent that records each call and otherwise does what the given one does: its question, its
   * answer, or its exception, which is rethrown unchanged.
   *
   * @throws IllegalArgumentException for an option that cannot be
   */
  public static <I extends @Nullable Object, O extends @Nullable Object, X extends Throwable>
      Agent<I, O, X> instrumentAgent(Agent<I, O, X> agent, Consumer<AgentOptions> configure) {
    requireNonNull(agent, "agent");
    AgentRecorder recorder = AgentRecorder.open("agent", configure);
    return input -> recorder.call(AgentCall.of(input), session -> agent.generate(input));
  }

  /**
   * As {@link #instrumentAgent}, for an agent whose answer comes in pieces of text. Its session
   * ends with the stream; one that is closed before its end, or forgotten, ends as cancelled.
   *
   * @throws IllegalArgumentException for an option that cannot be
   */
  public static <I extends @Nullable Object, X extends Throwable>
      Agent<I, Stream<String>, X> instrumentStream(
          Agent<I, Stream<String>, X> agent, Consumer<AgentOptions> configure) {
    requireNonNull(agent, "agent");
    AgentRecorder recorder = AgentRecorder.open("agent", configure);
    return input ->
        recorder.stream(
            AgentCall.of(input),
            stream -> stream.follow(agent.generate(input), Function.identity()));
  }
}
