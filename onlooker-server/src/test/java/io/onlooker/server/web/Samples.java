package io.onlooker.server.web;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.GenAi;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.store.Batch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A day of a shop's agents: what the pages are shown with and tested on. */
final class Samples {

  /** The session that failed: its tool took longer than it may. */
  static final Recording FAILED = new Recording(1, Site.NOW.minusSeconds(70));

  static final Recording RECOVERED = new Recording(2, Site.NOW.minusSeconds(95));
  static final Recording RESEARCH = new Recording(3, Site.NOW.minusSeconds(400));
  static final Recording LARGE = new Recording(4, Site.NOW.minusSeconds(5000));

  private static final String[] QUESTIONS = {
    "Where is my order ORD-%d? I have waited for a week.",
    "Cancel my plan at the end of the month, please.",
    "The invoice of October shows two charges. Why?",
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

  private Samples() {}

  /** A recording's first id is its root's, and so the session's. */
  static String sessionId(Recording recording) {
    return stepId(recording, 1);
  }

  /** The id that a recording gave as its n-th, counted from 1. */
  static String stepId(Recording recording, int number) {
    return recording.id(number);
  }

  static Batch batch() {
    List<Item> items = new ArrayList<>();
    for (Recording recording : List.of(failed(), recovered(), research(), large(), running())) {
      items.addAll(recording.items());
    }
    for (int i = 0; i < 56; i++) {
      items.addAll(ordinary(100 + i, Site.NOW.minusSeconds(200 + 613L * i), i).items());
    }
    items.addAll(turn(10, 600, "Hi, my name is Alice. My email is [EMAIL].", "Hello Alice!"));
    items.addAll(turn(11, 540, "What was my name again?", "Your name is Alice."));
    return new Batch(1, items);
  }

  private static Recording failed() {
    Recording it = FAILED;
    if (!it.items().isEmpty()) {
      return it;
    }
    String root = it.nextId();
    long start = it.nanos();
    String question = "Where is my order ORD-6? I have waited for a week. My email is [EMAIL]";
    String system = "You are a friendly customer support agent.";
    it.chat(
        root,
        1240,
        messages(system, question),
        call("lookup_user", "{\"email\":\"[EMAIL]\"}"),
        usage(1210, 24));
    String user =
        "{\"id\":\"user-6\",\"name\":\"Mira\",\"plan\":\"plus\",\"since\":\"2024-03-02\"}";
    it.tool(root, "lookup_user", 84, "{\"email\":\"[EMAIL]\"}", user, null);
    String second =
        messages(system, question).replaceFirst("]$", "")
            + ","
            + callMessage("lookup_user", "{\\\"email\\\":\\\"[EMAIL]\\\"}")
            + ","
            + resultMessage("lookup_user", user.replace("\"", "\\\""))
            + "]";
    it.chat(root, 2390, second, call("check_order", "{\"id\":\"ORD-6\"}"), usage(5012, 691));
    String tool =
        it.tool(
            root,
            "check_order",
            26_800,
            "{\"id\":\"ORD-6\"}",
            null,
            "check_order timed out after 26.8 s");
    it.log(tool, LogData.Level.WARN, "warehouse: no answer, retry 1 of 2");
    it.log(tool, LogData.Level.ERROR, "warehouse: no answer after 2 retries");
    it.error(tool, "com.acme.shop.ToolTimeout", "check_order timed out after 26.8 s", frames());
    it.span(
        root,
        null,
        "gen_ai.invoke_agent",
        "invoke_agent Customer Support",
        start,
        "check_order timed out after 26.8 s",
        agent("Customer Support", "user-6", "th-1", question, null, true));
    return it;
  }

  private static List<ErrorData.Frame> frames() {
    return List.of(
        new ErrorData.Frame("com.acme.shop.Orders", "await", "Orders.java", 118, true),
        new ErrorData.Frame("com.acme.shop.Orders", "check", "Orders.java", 64, true),
        new ErrorData.Frame(
            "java.util.concurrent.FutureTask", "run", "FutureTask.java", 328, false),
        new ErrorData.Frame("java.lang.VirtualThread", "run", "VirtualThread.java", 466, false));
  }

  private static Recording recovered() {
    Recording it = RECOVERED;
    if (!it.items().isEmpty()) {
      return it;
    }
    String root = it.nextId();
    long start = it.nanos();
    String question = "Where is my order ORD-5?";
    String input = messages("You are a friendly customer support agent.", question);
    it.chat(root, 640, input, call("check_order", "{\"id\":\"ORD-5\"}"), usage(1190, 20));
    it.tool(root, "check_order", 310, "{\"id\":\"ORD-5\"}", null, "warehouse answered 503");
    it.chat(root, 520, input, call("check_order", "{\"id\":\"ORD-5\"}"), usage(1260, 22));
    it.tool(
        root,
        "check_order",
        240,
        "{\"id\":\"ORD-5\"}",
        "{\"id\":\"ORD-5\",\"state\":\"shipped\",\"carrier\":\"DHL\",\"eta\":\"2026-11-21\"}",
        null);
    String answer =
        "Your order **ORD-5** shipped on 18 November.\n\n| Carrier | Arrives |\n|---|---|\n"
            + "| DHL | 21 November |\n\nYou can follow it at <https://dhl.example/track/5>.";
    it.chat(root, 680, input, text(answer), usage(1402, 96));
    it.span(
        root,
        null,
        "gen_ai.invoke_agent",
        "invoke_agent Customer Support",
        start,
        null,
        agent("Customer Support", "user-5", "th-5", question, answer, false));
    return it;
  }

  private static Recording research() {
    Recording it = RESEARCH;
    if (!it.items().isEmpty()) {
      return it;
    }
    String root = it.nextId();
    long start = it.nanos();
    String question = "Which of our tools became slower in the last release, and why?";
    it.chat(
        root,
        1900,
        messages("You are a researcher.", question),
        call("search_kb", "{\"query\":\"release 4.2 latency\"}"),
        usage(2300, 120));
    for (int i = 0; i < 4; i++) {
      delegate(it, root, i);
    }
    String answer =
        "`check_order` waits for the warehouse since 4.2: its p95 rose from 1.2 s to 9.1 s.";
    it.chat(
        root, 2600, messages("You are a researcher.", question), text(answer), usage(9100, 410));
    it.span(
        root,
        null,
        "gen_ai.invoke_agent",
        "invoke_agent Research",
        start,
        null,
        agent("Research", "user-2", null, question, answer, false));
    return it;
  }

  private static void delegate(Recording it, String root, int i) {
    String flow = it.nextId();
    long flowStart = it.nanos();
    String agent = it.nextId();
    long start = it.nanos();
    it.pause(12);
    it.chat(
        agent,
        700 + 130L * i,
        messages("You summarise.", "Part " + i),
        call("search_kb", "{\"query\":\"part " + i + "\"}"),
        usage(1800 + 90 * i, 60));
    String tool = it.nextId();
    long toolStart = it.nanos();
    it.data(tool, "SELECT documents", 42 + 7L * i);
    it.data(tool, "SELECT revisions", 18);
    it.span(
        tool,
        agent,
        "gen_ai.execute_tool",
        "execute_tool search_kb",
        toolStart,
        i == 2 ? "index is being rebuilt" : null,
        Map.of(
            GenAi.OPERATION_TYPE,
            "tool",
            GenAi.TOOL_NAME,
            "search_kb",
            GenAi.TOOL_CALL_ARGUMENTS,
            "{\"query\":\"part " + i + "\"}"));
    it.chat(
        agent,
        900,
        messages("You summarise.", "Part " + i),
        text("Summary of part " + i + "."),
        usage(2900, 210));
    it.span(
        agent,
        flow,
        "gen_ai.invoke_agent",
        "invoke_agent Summary",
        start,
        null,
        agent("Summary", null, null, "Part " + i, "Summary of part " + i + ".", false));
    it.span(flow, root, "workflow.step", "summarise part " + i, flowStart, null, Map.of());
  }

  private static Recording large() {
    Recording it = LARGE;
    if (!it.items().isEmpty()) {
      return it;
    }
    String root = it.nextId();
    long start = it.nanos();
    for (int i = 0; i < 700; i++) {
      it.tool(
          root,
          "search_kb",
          40 + i % 90,
          "{\"query\":\"page " + i + "\"}",
          "{\"hits\":" + i % 12 + "}",
          i % 211 == 210 ? "index is being rebuilt" : null);
    }
    it.span(
        root,
        null,
        "gen_ai.invoke_agent",
        "invoke_agent Crawler",
        start,
        null,
        agent("Crawler", null, null, "Read the whole knowledge base.", "Read 700 pages.", false));
    return it;
  }

  private static Recording running() {
    Recording it = new Recording(5, Site.NOW.minusSeconds(12));
    String root = it.nextId();
    long start = it.nanos();
    it.chat(
        root,
        900,
        messages("You route.", "I want to speak to a person."),
        call("find_team", "{\"topic\":\"complaint\"}"),
        usage(900, 12));
    it.open(
        root,
        "gen_ai.invoke_agent",
        "invoke_agent Triage",
        start,
        agent("Triage", "user-9", null, "I want to speak to a person.", null, false));
    return it;
  }

  private static Recording ordinary(int seed, Instant start, int i) {
    Recording it = new Recording(seed, start);
    String root = it.nextId();
    long began = it.nanos();
    int kind = i % QUESTIONS.length;
    String question = QUESTIONS[kind].formatted(7 + i);
    boolean fails = i % 19 == 7;
    String input = messages("You are a friendly customer support agent.", question);
    it.chat(
        root,
        500 + 37L * (i % 23),
        input,
        call("check_order", "{\"id\":\"ORD-" + (7 + i) + "\"}"),
        usage(1100 + 61 * i, 20 + i % 7));
    it.tool(
        root,
        "check_order",
        120 + 29L * (i % 31),
        "{\"id\":\"ORD-" + (7 + i) + "\"}",
        fails ? null : "{\"state\":\"shipped\"}",
        fails ? "RateLimitError 429 from warehouse" : null);
    if (!fails) {
      it.chat(root, 700 + 41L * (i % 17), input, text(ANSWERS[kind]), usage(1500 + 71 * i, 90 + i));
    }
    it.span(
        root,
        null,
        "gen_ai.invoke_agent",
        "invoke_agent Customer Support",
        began,
        fails ? "RateLimitError 429 from warehouse" : null,
        agent(
            i % 4 == 1 ? "Triage" : "Customer Support",
            "user-" + (3 + i % 40),
            "th-" + (20 + i / 3),
            question,
            fails ? null : ANSWERS[kind],
            fails));
    return it;
  }

  private static List<Item> turn(int seed, long secondsAgo, String question, String answer) {
    Recording it = new Recording(seed, Site.NOW.minusSeconds(secondsAgo));
    String root = it.nextId();
    long start = it.nanos();
    it.chat(
        root,
        812,
        messages("You are a friendly customer support agent.", question),
        text(answer),
        usage(240, 18));
    it.span(
        root,
        null,
        "gen_ai.invoke_agent",
        "invoke_agent Customer Support",
        start,
        null,
        agent("Customer Support", "user-42", "convo-abc-123", question, answer, false));
    return it.items();
  }

  private static Map<String, Object> agent(
      String name,
      @Nullable String user,
      @Nullable String conversation,
      String question,
      @Nullable String answer,
      boolean timeout) {
    return Attributes.builder()
        .put(GenAi.OPERATION_TYPE, "agent")
        .put(GenAi.OPERATION_NAME, "invoke_agent")
        .put(GenAi.AGENT_NAME, name)
        .put(GenAi.USER_ID, user)
        .put(GenAi.CONVERSATION_ID, conversation)
        .put(GenAi.INPUT_MESSAGES, messages(null, question))
        .put(GenAi.OUTPUT_MESSAGES, answer == null ? null : text(answer))
        .put(GenAi.ERROR_TYPE, timeout ? "ToolTimeout" : null)
        .put("sentry.environment", "production")
        .put("sentry.release", "shop@4.2.0")
        .build()
        .toMap();
  }

  private static Map<String, Object> usage(long in, long out) {
    return Map.of(
        GenAi.USAGE_INPUT_TOKENS,
        in,
        GenAi.USAGE_OUTPUT_TOKENS,
        out,
        GenAi.REQUEST_TEMPERATURE,
        0.2,
        GenAi.RESPONSE_FINISH_REASONS,
        "[\"stop\"]");
  }

  private static String messages(@Nullable String system, String user) {
    String first =
        system == null
            ? ""
            : "{\"role\":\"system\",\"parts\":[{\"type\":\"text\",\"content\":\""
                + system
                + "\"}]},";
    return "["
        + first
        + "{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\""
        + user
        + "\"}]}]";
  }

  private static String text(String answer) {
    return "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\""
        + answer.replace("\n", "\\n")
        + "\"}]}]";
  }

  private static String call(String tool, String arguments) {
    return "[" + callMessage(tool, arguments.replace("\"", "\\\"")) + "]";
  }

  private static String callMessage(String tool, String escapedArguments) {
    return "{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"call_1\",\"name\":\""
        + tool
        + "\",\"arguments\":\""
        + escapedArguments
        + "\"}]}";
  }

  private static String resultMessage(String tool, String escapedResult) {
    return "{\"role\":\"tool\",\"parts\":[{\"type\":\"tool_call_response\",\"id\":\"call_1\",\"name\":\""
        + tool
        + "\",\"response\":\""
        + escapedResult
        + "\"}]}";
  }
}
