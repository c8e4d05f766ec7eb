package io.onlooker.adk;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.CallbackContext;
import com.google.adk.agents.InvocationContext;
import com.google.adk.events.Event;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.adk.plugins.BasePlugin;
import com.google.adk.tools.BaseTool;
import com.google.adk.tools.ToolContext;
import com.google.genai.types.Content;
import io.onlooker.Onlooker;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records the runs of the runner it is registered with, by the Onlooker that is current when they
 * begin: {@code runner.pluginManager().registerPlugin(new OnlookerAdkPlugin())}. Content as its
 * {@code sendDefaultPii} says. {@link OnlookerAdk#instrumentAgent} needs none.
 *
 * <p>Answers nothing in every callback, so that other plugins and the agents' own callbacks are
 * asked as without it. Before ADK 1.8 plugins hear nothing of a run that fails, and in no version
 * of one that is cancelled: such a run ends when ADK has forgotten it. Safe for many threads.
 */
public final class OnlookerAdkPlugin extends BasePlugin {

  private static final AtomicInteger INSTRUMENTED = new AtomicInteger();

  private final boolean announcedOnly;

  /** A plugin for a list of plugins, or for an existing runner. */
  public OnlookerAdkPlugin() {
    this("onlooker", false);
  }

  private OnlookerAdkPlugin(String name, boolean announcedOnly) {
    super(name);
    this.announcedOnly = announcedOnly;
  }

  /** A plugin that records what an instrumented runner has begun, and nothing else. */
  static OnlookerAdkPlugin ofInstrumentedRunner() {
    // A runner takes no two plugins of one name.
    return new OnlookerAdkPlugin("onlooker-agent-" + INSTRUMENTED.incrementAndGet(), true);
  }

  @Override
  public Maybe<Content> onUserMessageCallback(InvocationContext context, Content userMessage) {
    quietly("start of a run", () -> Starts.start(this, announcedOnly, context, userMessage));
    return Maybe.empty();
  }

  @Override
  public Maybe<Event> onEventCallback(InvocationContext context, Event event) {
    recorded("event", context.invocationId(), run -> run.happens(event));
    return Maybe.empty();
  }

  @Override
  public Completable afterRunCallback(InvocationContext context) {
    ended(context, Invocation::complete);
    return Completable.complete();
  }

  /** Called by ADK 1.8 and later. */
  @SuppressWarnings("MissingOverride") // older versions do not have it
  public Completable onRunErrorCallback(InvocationContext context, Throwable error) {
    ended(context, run -> run.failed(error));
    return Completable.complete();
  }

  private void ended(InvocationContext context, Consumer<Invocation> how) {
    String id = context.invocationId();
    recorded("end of a run", id, any -> Invocations.end(id, how));
  }

  @Override
  public Maybe<Content> beforeAgentCallback(BaseAgent agent, CallbackContext context) {
    recorded("start of an agent", context.invocationId(), run -> run.agentStarts(agent, context));
    return Maybe.empty();
  }

  @Override
  public Maybe<Content> afterAgentCallback(BaseAgent agent, CallbackContext context) {
    recorded("end of an agent", context.invocationId(), run -> run.agentEnds(agent, context));
    return Maybe.empty();
  }

  @Override
  public Maybe<LlmResponse> beforeModelCallback(
      CallbackContext context, LlmRequest.Builder request) {
    recorded(
        "start of a model call",
        context.invocationId(),
        run -> run.modelStarts(context, request.build()));
    return Maybe.empty();
  }

  @Override
  public Maybe<LlmResponse> afterModelCallback(CallbackContext context, LlmResponse response) {
    recorded(
        "answer of a model", context.invocationId(), run -> run.modelAnswers(context, response));
    return Maybe.empty();
  }

  @Override
  public Maybe<LlmResponse> onModelErrorCallback(
      CallbackContext context, LlmRequest.Builder request, Throwable error) {
    recorded("failure of a model", context.invocationId(), run -> run.modelFails(context, error));
    return Maybe.empty();
  }

  @Override
  public Maybe<Map<String, Object>> beforeToolCallback(
      BaseTool tool, Map<String, Object> args, ToolContext context) {
    recorded("start of a tool", context.invocationId(), run -> run.toolStarts(tool, args, context));
    return Maybe.empty();
  }

  @Override
  public Maybe<Map<String, Object>> afterToolCallback(
      BaseTool tool,
      Map<String, Object> args,
      ToolContext context,
      @Nullable Map<String, Object> result) {
    recorded("result of a tool", context.invocationId(), run -> run.toolEnds(context, result));
    return Maybe.empty();
  }

  @Override
  public Maybe<Map<String, Object>> onToolErrorCallback(
      BaseTool tool, Map<String, Object> args, ToolContext context, Throwable error) {
    recorded("failure of a tool", context.invocationId(), run -> run.toolFails(context, error));
    return Maybe.empty();
  }

  /** Does it if this plugin records the invocation. */
  private void recorded(String what, String id, Consumer<Invocation> work) {
    quietly(
        what,
        () -> {
          Invocation invocation = Invocations.of(id);
          if (invocation != null && invocation.recordedBy(this)) {
            work.accept(invocation);
          }
        });
  }

  private static void quietly(String what, Runnable work) {
    Onlooker.current().guarded(what, work);
  }
}
