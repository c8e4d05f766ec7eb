package io.onlooker.adk;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.RunConfig;
import com.google.adk.agents.RunConfig.StreamingMode;
import com.google.adk.events.Event;
import com.google.adk.models.Gemini;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.runner.Runner;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import io.onlooker.test.ScriptedModelServer;
import java.util.List;
import java.util.Map;

/** ADK's own agents and runners, with its own Gemini client before a scripted server. */
final class Adk {

  static final String USER = "user-42";
  static final String SESSION = "convo-1";
  static final RunConfig AT_ONCE = RunConfig.builder().build();
  static final RunConfig IN_PIECES = RunConfig.builder().streamingMode(StreamingMode.SSE).build();

  private Adk() {}

  static Gemini gemini(ScriptedModelServer server) {
    HttpOptions options =
        HttpOptions.builder().baseUrl(server.origin().toString()).timeout(20_000).build();
    Client client = Client.builder().apiKey("key").vertexAI(false).httpOptions(options).build();
    return new Gemini("gemini-2.5-flash", client);
  }

  static LlmAgent.Builder agent(String name, ScriptedModelServer server) {
    return LlmAgent.builder()
        .name(name)
        .description("Works for customers.")
        .instruction("You are a friendly customer support agent.")
        .model(gemini(server));
  }

  static Runner runner(BaseAgent agent) {
    Runner runner = new InMemoryRunner(agent, "support");
    session(runner, SESSION);
    return runner;
  }

  static void session(Runner runner, String id) {
    runner
        .sessionService()
        .createSession(runner.appName(), USER, Map.of(), id)
        .ignoreElement()
        .blockingAwait();
  }

  static Content message(String text) {
    return Content.builder().role("user").parts(Part.fromText(text)).build();
  }

  static List<Event> run(Runner runner, String text) {
    return runner.runAsync(USER, SESSION, message(text), AT_ONCE).toList().blockingGet();
  }

  /** The run's last text. */
  static String ask(Runner runner, String text) {
    List<Event> events = run(runner, text);
    return events.get(events.size() - 1).content().map(Content::text).orElse("");
  }
}
