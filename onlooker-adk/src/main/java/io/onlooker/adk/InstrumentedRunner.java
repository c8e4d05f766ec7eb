package io.onlooker.adk;

import com.google.adk.agents.LiveRequestQueue;
import com.google.adk.agents.RunConfig;
import com.google.adk.events.Event;
import com.google.adk.plugins.PluginManager;
import com.google.adk.runner.Runner;
import com.google.adk.sessions.Session;
import com.google.genai.types.Content;
import io.onlooker.session.AgentCall;
import io.onlooker.session.AgentRecorder;
import io.onlooker.session.StreamRecorder;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A runner each of whose runs is a session; everything is done by the one it stands before. */
final class InstrumentedRunner extends Runner {

  private final Runner target;
  private final AgentRecorder recorder;
  private final OnlookerAdkPlugin plugin;

  @SuppressWarnings("deprecation") // a builder builds no subclass
  InstrumentedRunner(Runner target, AgentRecorder recorder) {
    super(
        target.agent(),
        target.appName(),
        target.artifactService(),
        target.sessionService(),
        target.memoryService(),
        List.of(target.pluginManager()));
    this.target = target;
    this.recorder = recorder;
    plugin = OnlookerAdkPlugin.ofInstrumentedRunner();
    target.pluginManager().registerPlugin(plugin);
  }

  @Override
  public Flowable<Event> runAsync(
      String userId,
      String sessionId,
      Content newMessage,
      RunConfig runConfig,
      @Nullable Map<String, Object> stateDelta) {
    AgentCall[] said = new AgentCall[1];
    AgentCall.with(call -> said[0] = call, () -> said);
    return Flowable.defer(() -> {
      Asked asked = new Asked(userId, sessionId, newMessage, runConfig, stateDelta);
      return said[0].equals(AgentCall.NONE)
          ? recorded(asked)
          : AgentCall.with(now -> said[0], () -> recorded(asked));
    });
  }

  private Flowable<Event> recorded(Asked asked) {
    AgentCall call =
        AgentCall.of(Messages.whole(asked.message))
            .userId(asked.userId)
            .conversationId(asked.sessionId);
    return Places.begin(
        recorder.onlooker(),
        () -> recorder.<Flowable<Event>, RuntimeException>stream(call, s -> run(asked, s)));
  }

  private Flowable<Event> run(Asked asked, StreamRecorder stream) {
    Content own = asked.message.toBuilder().build();
    Announced announced = Announced.of(plugin, recorder.onlooker(), stream, own);
    return target
        .runAsync(asked.userId, asked.sessionId, own, asked.config, asked.stateDelta)
        .doOnComplete(() -> announced.ended(Invocation::complete, end -> end.complete(null)))
        .doOnError(e -> announced.ended(run -> run.failed(e), end -> end.failed(e)))
        .doOnCancel(() ->
            announced.ended(run -> run.cancelled(CANCELLED), end -> end.cancelled(CANCELLED)));
  }

  private static final String CANCELLED = "cancelled by the caller";

  @Override
  public Flowable<Event> runLive(
      Session session, LiveRequestQueue liveRequestQueue, RunConfig runConfig) {
    return target.runLive(session, liveRequestQueue, runConfig);
  }

  @Override
  public Flowable<Event> runLive(
      String userId, String sessionId, LiveRequestQueue liveRequestQueue, RunConfig runConfig) {
    return target.runLive(userId, sessionId, liveRequestQueue, runConfig);
  }

  @Override
  public PluginManager pluginManager() {
    return target.pluginManager();
  }

  @Override
  public Completable close() {
    return target.close();
  }

  private record Asked(
      String userId,
      String sessionId,
      Content message,
      RunConfig config,
      @Nullable Map<String, Object> stateDelta) {}
}
