package io.onlooker.server;

import com.google.adk.agents.LlmAgent;
import com.google.adk.models.Gemini;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.runner.Runner;
import com.google.adk.tools.Annotations.Schema;
import com.google.adk.tools.FunctionTool;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import io.onlooker.test.ScriptedModelServer;
import java.util.Map;

/** Seed 004's customer support, as an agent of Google's ADK. */
public final class AdkSupport {

  static final String USER = "user-42";

  private AdkSupport() {}

  /** The agent as it is without Onlooker, with one session of the user's. */
  static Runner asking(ScriptedModelServer model, String session) {
    HttpOptions address = HttpOptions.builder().baseUrl(model.origin().toString()).build();
    Client client = Client.builder().apiKey("key").vertexAI(false).httpOptions(address).build();
    LlmAgent agent =
        LlmAgent.builder()
            .name("support")
            .model(new Gemini("gemini-2.5-flash", client))
            .instruction("You are a friendly customer support agent.")
            .tools(
                FunctionTool.create(AdkSupport.class, "lookupUser"),
                FunctionTool.create(AdkSupport.class, "checkOrder"))
            .build();
    Runner runner = new InMemoryRunner(agent, "shop");
    runner
        .sessionService()
        .createSession("shop", USER, Map.of(), session)
        .ignoreElement()
        .blockingAwait();
    return runner;
  }

  static Content message(String text) {
    return Content.builder().role("user").parts(Part.fromText(text)).build();
  }

  @Schema(description = "Look up a customer by name or email")
  public static Map<String, Object> lookupUser(@Schema(name = "query") String query) {
    return Map.of("answer", "found " + query);
  }

  @Schema(description = "Check order status by order ID")
  public static Map<String, Object> checkOrder(@Schema(name = "orderId") String orderId) {
    if (orderId.startsWith("ORD")) {
      throw new IllegalStateException(orderId + ": the carrier does not answer");
    }
    return Map.of("order", orderId);
  }
}
