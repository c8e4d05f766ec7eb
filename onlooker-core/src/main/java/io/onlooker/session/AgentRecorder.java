package io.onlooker.session;

import static java.util.Objects.requireNonNull;

import io.onlooker.Onlooker;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls of one agent, each as a session: what every framework's {@code instrumentAgent}
 * is built on. Safe for many threads.
 *
 * <p>What the user sees of the agent stays as it is: results, exceptions (the same instance), order
 * and laziness. Who, which conversation and what else is known about a call comes from {@link
 * AgentCall#with}, else from the {@link AgentCall} the framework gives, else from the options.
 */
public final class AgentRecorder {

  private final AgentOptions options;
  private final String agentName;
  private final Connection connection;
  private final Watch watch;

  private AgentRecorder(AgentOptions options, String agentName) {
    this.options = options;
    this.agentName = agentName;
    connection = Connection.of(options);
    watch = new Watch(agentName, options.failSilently());
  }

  /**
   * Opens a recorder.
   *
   * @param agentName what the framework calls the agent; the options may say otherwise
   * @throws IllegalArgumentException for an option that cannot be
   */
  public static AgentRecorder open(String agentName, Consumer<AgentOptions> configure) {
    AgentOptions options = new AgentOptions();
    configure.accept(options);
    return new AgentRecorder(options, options.agentNameOr(requireNonNull(agentName, "agentName")));
  }

  /** What the agent is called. */
  public String agentName() {
    return agentName;
  }

  /**
   * What records the agent's models and tools. To be asked at each call: without a connection of
   * its own it is the process's current one.
   */
  public Onlooker onlooker() {
    return connection.onlooker();
  }

  /**
   * Calls the agent within a session that ends with the call. Its result is the session's output,
   * unless the body sets another; an exception marks it failed and is rethrown unchanged.
   *
   * @throws OnlookerException before the agent is called, see {@link AgentOptions#failSilently}
   */
  public <T extends @Nullable Object, X extends Throwable> T call(
      AgentCall call, Session.SessionBody<T, X> body) throws X {
    requireNonNull(body, "body");
    Onlooker onlooker = onlooker();
    Session session = open(onlooker, call);
    try {
      T result = session.run(() -> body.run(session));
      if (!session.answered()) {
        session.output(result);
      }
      return result;
    } catch (Throwable e) {
      session.failed(e);
      throw e;
    } finally {
      session.close();
      watch.ended(onlooker);
    }
  }

  /**
   * Calls the agent within a session that goes on afterwards, until the stream recorder is told how
   * the answer ended, or nobody holds it any more. An exception of the body marks it failed and is
   * rethrown unchanged.
   *
   * @throws OnlookerException before the agent is called, see {@link AgentOptions#failSilently}
   */
  public <T extends @Nullable Object, X extends Throwable> T stream(
      AgentCall call, StreamBody<T, X> body) throws X {
    requireNonNull(body, "body");
    Onlooker onlooker = onlooker();
    StreamRecorder stream = new StreamRecorder(open(onlooker, call), onlooker, watch);
    try {
      return stream.session().run(() -> body.run(stream));
    } catch (Throwable e) {
      stream.failed(e);
      throw e;
    }
  }

  private Session open(Onlooker onlooker, AgentCall call) {
    AgentCall said = watch.ask("options", options::call, AgentCall.NONE);
    AgentCall all = call.over(said).overridden();
    SessionOptions session =
        SessionOptions.named(agentName)
            .userId(all.userId())
            .conversationId(all.conversationId())
            .input(all.input())
            .metadata(all.metadata());
    return watch.started(onlooker, Session.open(onlooker, session));
  }

  /** What runs in the session of an answer that comes in pieces. */
  @FunctionalInterface
  public interface StreamBody<T extends @Nullable Object, X extends Throwable> {
    T run(StreamRecorder stream) throws X;
  }
}
