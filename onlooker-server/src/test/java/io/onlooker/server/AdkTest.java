package io.onlooker.server;

import static java.util.Objects.requireNonNullElse;

import com.google.adk.agents.RunConfig;
import com.google.adk.agents.RunConfig.StreamingMode;
import com.google.adk.runner.Runner;
import com.google.genai.types.Content;
import io.onlooker.adk.OnlookerAdk;
import io.onlooker.session.AgentOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Seed 004's agent as one of Google's ADK, whose runs always have a user and a session. */
class AdkTest extends SupportAgentContract {

  private static final String SESSION = "session-1";
  private static final RunConfig AT_ONCE = RunConfig.builder().build();
  private static final RunConfig IN_PIECES =
      RunConfig.builder().streamingMode(StreamingMode.SSE).build();

  private record Running(Runner runner) implements Agent {

    @Override
    public String ask(@Nullable String thread, String question) {
      return runner
          .runAsync(
              AdkSupport.USER,
              requireNonNullElse(thread, SESSION),
              AdkSupport.message(question),
              AT_ONCE)
          .blockingLast()
          .content()
          .map(Content::text)
          .orElse("");
    }

    @Override
    public List<String> stream(String thread, String question) {
      List<String> pieces = new ArrayList<>();
      runner
          .runAsync(AdkSupport.USER, thread, AdkSupport.message(question), IN_PIECES)
          .filter(event -> event.partial().orElse(false))
          .blockingForEach(event -> event.content().map(Content::text).ifPresent(pieces::add));
      return pieces;
    }
  }

  private static Runner runner(@Nullable String thread) {
    return AdkSupport.asking(fixture.model(), requireNonNullElse(thread, SESSION));
  }

  @Override
  Agent bare(@Nullable String thread) {
    return new Running(runner(thread));
  }

  @Override
  Agent instrumented(@Nullable String thread, Consumer<AgentOptions> configure) {
    return new Running(OnlookerAdk.instrumentAgent(runner(thread), configure));
  }

  @Override
  String model() {
    return "gemini-2.5-flash";
  }

  @Override
  String provider() {
    return "gcp.gemini";
  }

  @Override
  String unsaid() {
    return "user " + AdkSupport.USER + ", conversation " + SESSION;
  }

  @Override
  String told(Throwable thrown) {
    return "ExecutionException: com.google.genai.errors.ClientException: 400 Bad Request. no such key";
  }

  /** ADK swallows what a function throws. */
  @Override
  String toldOfTool() {
    return "An internal error occurred.";
  }
}
