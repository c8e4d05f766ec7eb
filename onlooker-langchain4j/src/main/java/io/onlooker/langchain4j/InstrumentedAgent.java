package io.onlooker.langchain4j;

import dev.langchain4j.service.TokenStream;
import io.onlooker.Onlooker;
import io.onlooker.session.AgentRecorder;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An AI service, or a workflow of them, each of whose calls is a session. */
final class InstrumentedAgent extends Forwarding {

  private static final System.Logger LOG = System.getLogger("io.onlooker");

  private final AgentRecorder recorder;
  private final Set<String> interfaces;
  private final AtomicBoolean warned = new AtomicBoolean();

  private InstrumentedAgent(Object agent, AgentRecorder recorder, Set<Class<?>> interfaces) {
    super(agent);
    this.recorder = recorder;
    this.interfaces = interfaces.stream().map(Class::getName).collect(Collectors.toSet());
  }

  /** A proxy of all interfaces that the agent has. */
  static Object of(Object agent, Function<String, AgentRecorder> open) {
    Set<Class<?>> interfaces = interfaces(agent);
    if (interfaces.isEmpty()) {
      throw new IllegalArgumentException(
          "assistant: " + agent.getClass().getName() + " (expected: an AI service's interface)");
    }
    Class<?> first = interfaces.iterator().next();
    return proxyOfAll(
        agent, new InstrumentedAgent(agent, open.apply(first.getSimpleName()), interfaces));
  }

  @Override
  @Nullable Object call(Object proxy, Method method, Object[] args) throws Throwable {
    return recorded(method, args);
  }

  @Override
  @Nullable Object callWithout(Object proxy, Method method) throws Throwable {
    return recorded(method, null);
  }

  private @Nullable Object recorded(Method method, Object @Nullable [] args) throws Throwable {
    if (!AgentMethods.asks(method)) {
      return pass(method, args);
    }
    return AgentMethods.streams(method) ? streamed(method, args) : answered(method, args);
  }

  private @Nullable Object answered(Method method, Object @Nullable [] args) throws Throwable {
    return recorder.<@Nullable Object, Throwable>call(
        AgentMethods.call(method, args),
        session -> {
          Expected expected = new Expected(Run.of(onlooker(), session), interfaces);
          Object result = expected.within(passing(method, args));
          session.output(Answers.of(result));
          warnUnless(expected.claimed());
          return result;
        });
  }

  private @Nullable Object streamed(Method method, Object @Nullable [] args) throws Throwable {
    return recorder.<@Nullable Object, Throwable>stream(
        AgentMethods.call(method, args),
        stream -> {
          Expected expected = new Expected(Run.of(onlooker(), stream), interfaces);
          Object result = expected.within(passing(method, args));
          warnUnless(expected.claimed());
          if (!expected.claimed()) {
            stream.complete(Answers.of(result));
          } else if (result instanceof TokenStream tokens) {
            Streams.follow(tokens, new Ending.OfStream(stream));
          }
          return result;
        });
  }

  private Onlooker onlooker() {
    return recorder.onlooker();
  }

  private void warnUnless(boolean claimed) {
    if (!claimed && onlooker().enabled() && warned.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "agent {0}: its calls are recorded, its models and tools are not (expected: an AI"
              + " service whose {1} was made by {2})",
          recorder.agentName(),
          "AiServiceContext",
          OnlookerServiceContexts.class.getName());
    }
  }
}
