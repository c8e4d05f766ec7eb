package io.onlooker.server.demo;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.Item;
import io.onlooker.LogData;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Plays one visit: the agent asks its model, the model its tools, until there is an answer. */
final class Conversation {

  private static final String SYSTEM =
      "You are a friendly customer support agent. Look things up before you answer, and never"
          + " promise a date that the warehouse did not give.";

  private static final String[] QUESTIONS = {
    "Where is my order ORD-%d? I have waited for a week. My email is [EMAIL]",
    "Cancel my plan at the end of the month, please.",
    "The invoice of October shows two charges of ORD-%d. Why?",
    "주문 ORD-%d 배송이 언제 도착하나요?",
    "Can I change the delivery address of ORD-%d?",
    "How do I export all my data before I leave?"
  };

  private static final String[] ANSWERS = {
    "Your order shipped on **18 November** and arrives tomorrow.",
    "Your plan ends on 30 November. Nothing more will be charged.",
    "One of the two was a reservation; it was released on 2 November.",
    "주문하신 상품은 11월 21일에 도착할 예정입니다.",
    "Yes. I have changed it; the parcel has not left our warehouse.",
    "Under *Settings › Export*. The archive is ready after about an hour."
  };

  private static final String[] TOOLS = {"check_order", "search_kb", "lookup_user", "send_mail"};

  private final Visit visit;
  private final Scene scene;
  private final SplittableRandom random;
  private final String root;
  private final long began;
  private final String question;
  private final Talk talk;
  private long context;

  private Conversation(Visit visit) {
    this.visit = visit;
    this.scene = new Scene(visit.number() + 1L, visit.start()).by(visit.agent());
    this.random = new SplittableRandom(visit.number());
    this.root = scene.nextId();
    this.began = scene.nanos();
    this.question = QUESTIONS[visit.kind()].formatted(1000 + visit.number() % 9000);
    this.talk = Talk.of(SYSTEM, question);
    this.context = 2_400L + random.nextInt(6_000);
  }

  static List<Item> play(Visit visit) {
    Conversation conversation = new Conversation(visit);
    conversation.play();
    return conversation.scene.items();
  }

  private void play() {
    if (visit.number() % 3 == 0) {
      scene.log(
          root, LogData.Level.INFO, "routed to " + visit.agent(), Map.of("logger", "shop.Router"));
    }
    switch (visit.fate()) {
      case RATE_LIMIT, CONTEXT_LENGTH -> modelFails();
      case TOOL_TIMEOUT -> toolTimesOut();
      case BAD_JSON -> agentFails();
      case WELL, RECOVERS -> answers();
    }
  }

  private void modelFails() {
    String error = message();
    String failed =
        scene.step(root, "gen_ai.chat", "chat " + visit.model(), 340, error, failedModel());
    report(failed, error);
    end(null, error);
  }

  private void toolTimesOut() {
    ask("check_order");
    String error = message();
    String failed =
        scene.step(
            root,
            "gen_ai.execute_tool",
            "execute_tool check_order",
            30_000 + random.nextInt(400),
            error,
            Talk.tool("check_order", arguments(), null, visit.fate().type));
    scene.log(
        failed,
        LogData.Level.WARN,
        "warehouse: no answer, retry 1 of 2",
        Map.of("logger", "shop.Orders"));
    scene.log(
        failed,
        LogData.Level.ERROR,
        "warehouse: no answer after 2 retries",
        Map.of("logger", "shop.Orders"));
    report(failed, error);
    end(null, error);
  }

  private void agentFails() {
    model("<html>502 Bad Gateway</html>");
    report(root, message());
    end(null, message());
  }

  private void answers() {
    if (visit.fate() == Fate.RECOVERS) {
      ask("search_kb");
      failingTool();
    }
    int calls = visit.kind() == 5 ? 0 : 1 + random.nextInt(2);
    for (int i = 0; i < calls; i++) {
      int chance = random.nextInt(10);
      String tool = TOOLS[chance < 2 ? 0 : chance < 7 ? 1 : chance < 9 ? 2 : 3];
      ask(visit.warehouseSlow() ? "check_order" : tool);
      tool(visit.warehouseSlow() ? "check_order" : tool);
    }
    model(ANSWERS[visit.kind()]);
    end(ANSWERS[visit.kind()], null);
  }

  private void failingTool() {
    String error = message();
    String failed =
        scene.step(
            root,
            "gen_ai.execute_tool",
            "execute_tool search_kb",
            90 + random.nextInt(200),
            error,
            Talk.tool("search_kb", arguments(), null, visit.fate().type));
    scene.log(
        failed,
        LogData.Level.WARN,
        "search_kb failed, asking again",
        Map.of("logger", "shop.Tools"));
  }

  private void tool(String name) {
    String result = result(name);
    String id = scene.nextId();
    long start = scene.nanos();
    scene.pause(toolMillis(name));
    if (name.equals("check_order")) {
      scene.step(
          id,
          "db.sql.query",
          "SELECT orders",
          12 + random.nextInt(20),
          null,
          Attributes.of(Map.of("db.system.name", "postgresql")));
    }
    Attributes.Builder attributes = Talk.tool(name, arguments(), result, null).toBuilder();
    if (name.equals("search_kb")) {
      attributes.put(GenAi.MCP_SERVER_NAME, "knowledge-base").put("mcp.method.name", "tools/call");
    }
    scene.span(
        id, root, "gen_ai.execute_tool", "execute_tool " + name, start, null, attributes.build());
    talk.answered(name, result);
    context += 300;
  }

  private long toolMillis(String name) {
    if (visit.warehouseSlow() && name.equals("check_order")) {
      return 4_000L + random.nextInt(5_500);
    }
    return switch (name) {
      case "check_order" -> 180L + random.nextInt(900);
      case "search_kb" -> 60L + random.nextInt(500) + (random.nextInt(12) == 0 ? 1_600 : 0);
      case "lookup_user" -> 20L + random.nextInt(120);
      default -> 90L + random.nextInt(700);
    };
  }

  /** The model wants a tool. */
  private void ask(String tool) {
    chat(Talk.wants(tool, arguments()), 24 + random.nextInt(60), 400 + random.nextInt(700));
    talk.calls(tool, arguments());
  }

  private void model(String answer) {
    chat(Talk.text("assistant", answer), 120 + random.nextInt(700), 600 + random.nextInt(1_500));
  }

  private void chat(String output, long out, long millis) {
    long took = visit.model().equals("gpt-4o-mini") ? millis / 2 : millis;
    scene.step(
        root,
        "gen_ai.chat",
        "chat " + visit.model(),
        took,
        null,
        Talk.model(visit.provider(), visit.model(), talk.soFar(), output, context, out));
    context += out;
  }

  private Attributes failedModel() {
    return Talk.model(visit.provider(), visit.model(), talk.soFar(), null, 0, 0).toBuilder()
        .put(GenAi.ERROR_TYPE, visit.fate().type)
        .build();
  }

  private void report(String span, String message) {
    String type = "com.acme.shop." + visit.fate().type;
    scene.error(span, type, message, Frames.of(visit.fate()), visit.user());
  }

  private void end(@Nullable String answer, @Nullable String error) {
    Attributes attributes =
        Attributes.builder()
            .put(GenAi.OPERATION_TYPE, "agent")
            .put(GenAi.OPERATION_NAME, "invoke_agent")
            .put(GenAi.AGENT_NAME, visit.agent())
            .put(GenAi.USER_ID, visit.user())
            .put(GenAi.CONVERSATION_ID, visit.conversation())
            .put(GenAi.INPUT_MESSAGES, Talk.text("user", question))
            .put(GenAi.OUTPUT_MESSAGES, answer == null ? null : Talk.text("assistant", answer))
            .put(GenAi.ERROR_TYPE, error == null ? null : visit.fate().type)
            .put("conversation.resolution_status", error == null ? "resolved" : "unresolved")
            .build();
    scene.span(
        root,
        null,
        "gen_ai.invoke_agent",
        "invoke_agent " + visit.agent(),
        began,
        error,
        attributes);
  }

  private String arguments() {
    return "{\"id\":\"ORD-" + (1000 + visit.number() % 9000) + "\"}";
  }

  private static String result(String tool) {
    return switch (tool) {
      case "check_order" -> "{\"state\":\"shipped\",\"carrier\":\"DHL\",\"eta\":\"2026-11-21\"}";
      case "search_kb" -> "{\"hits\":[{\"title\":\"Delivery times\",\"score\":0.82}]}";
      case "lookup_user" -> "{\"plan\":\"plus\",\"since\":\"2024-03-02\",\"email\":\"[EMAIL]\"}";
      default -> "{\"sent\":true}";
    };
  }

  private String message() {
    return String.valueOf(visit.fate().message);
  }
}
