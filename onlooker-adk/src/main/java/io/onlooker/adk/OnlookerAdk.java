package io.onlooker.adk;

import static java.util.Objects.requireNonNull;

import com.google.adk.runner.Runner;
import com.google.adk.tools.ToolContext;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.session.AgentOptions;
import io.onlooker.session.AgentRecorder;
import java.util.function.Consumer;

/**
 * Instruments a runner of Google's Agent Development Kit (seed 004): one call, then it is used as
 * before, and each of its runs is a session.
 *
 * <pre>{@code
 * Runner support =
 *     OnlookerAdk.instrumentAgent(runner, o -> o.apiKey(System.getenv("ONLOOKER_API_KEY")));
 * support.runAsync("user-42", "convo-1", message).blockingForEach(event -> …);
 * }</pre>
 */
public final class OnlookerAdk {

  private OnlookerAdk() {}

  /**
   * A runner that records each run and otherwise does what the given one does: its events, their
   * order, its failure, its laziness. ADK's session is the conversation and its user the user,
   * unless the options or {@link io.onlooker.session.AgentCall#with} say otherwise. A run that is
   * subscribed to twice is two sessions, for ADK runs it twice.
   *
   * @param runner gets a plugin, which sleeps in runs that are started on it directly
   * @throws IllegalArgumentException for an option that cannot be
   */
  public static Runner instrumentAgent(Runner runner, Consumer<AgentOptions> configure) {
    requireNonNull(runner, "runner");
    return new InstrumentedRunner(runner, AgentRecorder.open(runner.agent().name(), configure));
  }

  /**
   * Runs what a tool does within the tool's span, so that what is recorded in it is below: ADK
   * gives plugins no place around a tool. In a run that is not recorded it just runs.
   *
   * @param tool what ADK gave to the tool
   */
  public static <T, X extends Throwable> T within(ToolContext tool, Onlooker.Body<T, X> body)
      throws X {
    requireNonNull(body, "body");
    Invocation invocation = Invocations.of(tool.invocationId());
    Span span = invocation == null ? null : invocation.span(tool);
    if (invocation == null || span == null) {
      return body.run();
    }
    return invocation.run().onlooker().withSpan(span, any -> body.run());
  }
}
