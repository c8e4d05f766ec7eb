package io.onlooker.examples.agent;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import io.onlooker.examples.web.Fetch;
import io.onlooker.examples.web.Visit;
import io.onlooker.examples.web.Visitor;
import io.onlooker.examples.web.Visits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Does what the page does, without a browser: conversations that end well, and one that fails. */
public final class Customers {

  private static final String AGENT = "Customer Support Agent";

  private final List<Message> history = new ArrayList<>();
  private final Onlooker onlooker;
  private final Visitor visitor;
  private final String sessionId;

  private Customers(Onlooker onlooker, Visitor visitor, String sessionId) {
    this.onlooker = onlooker;
    this.visitor = visitor;
    this.sessionId = sessionId;
  }

  /** Takes the backend's address: {@code http://localhost:8080}. */
  public static void main(String[] arguments) throws InterruptedException {
    Visits talking = Customers::visits;
    talking.run(URI.create(arguments[0]));
  }

  /** Each is a conversation with a name of its own. */
  public static List<Visit> visits(Onlooker onlooker, URI backend) {
    Visitor visitor = new Visitor(onlooker, backend);
    AtomicInteger count = new AtomicInteger();
    Supplier<Customers> next =
        () -> new Customers(onlooker, visitor, "session_" + count.incrementAndGet());
    return List.of(
        () -> next.get().say("Hi!", "Can I return a jacket?", "I was charged twice."),
        () -> next.get().say("Hello!", "When do I get my refund?"),
        () -> next.get().say("Write me a poem."));
  }

  private void say(String... messages) {
    for (String message : messages) {
      say(message);
    }
  }

  private void say(String message) {
    List<Message> asked = new ArrayList<>(history);
    asked.add(new Message("user", message));
    SpanOptions turn =
        Spans.agent(AGENT)
            .attribute("gen_ai.response.model", CustomModel.NAME)
            .attribute("gen_ai.request.messages", JsonMapper.shared().writeValueAsString(asked))
            .attribute("conversation.turn", history.size() + 1)
            .attribute("conversation.session_id", sessionId);
    onlooker.runSpan(turn, span -> say(message, span));
  }

  private void say(String message, Span agent) {
    Map<String, Object> body =
        Map.of("message", message, "sessionId", sessionId, "conversationHistory", history);
    try (Fetch fetch = visitor.post("/api/ai/chat", body)) {
      JsonNode reply = fetch.json();
      String answer = reply.path("message").asString("");
      agent.setAttribute("gen_ai.response.text", answer);
      agent.setAttribute("gen_ai.response.id", reply.path("responseId").asString(""));
      agent.setAttribute("gen_ai.usage.total_tokens", reply.path("totalTokens").asInt(0));
      agent.setAttribute("conversation.tools_used", reply.path("toolsUsed").size());
      agent.setAttribute(
          "conversation.resolution_status", reply.path("resolutionStatus").asString(""));
      history.add(new Message("user", message));
      history.add(new Message("assistant", answer));
    } catch (IllegalStateException e) {
      agent.setStatus(SpanStatus.error("internal_error"));
      agent.setAttribute("error.type", e.getClass().getSimpleName());
      onlooker.logger().error("AI agent failed: {}", e.getMessage());
    }
  }
}
