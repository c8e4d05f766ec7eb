package io.onlooker.server.demo;

import io.onlooker.Item;
import java.time.Instant;
import java.util.List;

/**
 * What makes a page long: many messages in one call of a model, and very much text in one of them.
 */
final class LongTexts {

  private static final String SYSTEM =
      "You are a careful reader of contracts. Quote what you rely on.";
  private static final int CONTRACT_BYTES = 2_000_000;
  private static final int LOOKUPS = 7;

  private LongTexts() {}

  /** A model that asks its tools again and again: its last call has sixteen messages. */
  static List<Item> talk(long seed, Instant start) {
    Scene scene = new Scene(seed, start);
    String root = scene.nextId();
    long began = scene.nanos();
    String question = "Which of my seven orders have not arrived?";
    Talk talk = Talk.of(SYSTEM, question);
    for (int i = 1; i <= LOOKUPS; i++) {
      String order = "{\"id\":\"ORD-" + (4_000 + i) + "\"}";
      ask(scene, root, talk.soFar(), Talk.wants("check_order", order), 900 + 160L * i);
      String state = "{\"state\":\"" + (i % 3 == 0 ? "in transit" : "delivered") + "\"}";
      scene.step(
          root,
          "gen_ai.execute_tool",
          "execute_tool check_order",
          120 + 30L * i,
          null,
          Talk.tool("check_order", order, state, null));
      talk.calls("check_order", order);
      talk.answered("check_order", state);
    }
    String answer = "Two are still on their way: **ORD-4003** and **ORD-4006**.";
    ask(scene, root, talk.soFar(), Talk.text("assistant", answer), 2_300);
    end(scene, root, began, question, answer);
    return scene.items();
  }

  /** A model that is given a whole contract of two megabytes to read. */
  static List<Item> prompt(long seed, Instant start) {
    Scene scene = new Scene(seed, start);
    String root = scene.nextId();
    long began = scene.nanos();
    String question = "Does the contract let us leave before its third year?";
    String answer = "Yes: clause 812 lets you leave after 24 months.";
    Talk talk = Talk.of(SYSTEM, contract());
    ask(scene, root, talk.soFar(), Talk.text("assistant", answer), 498_000);
    end(scene, root, began, question, answer);
    return scene.items();
  }

  /** The text of that contract: ASCII and Korean, so that characters are not bytes. */
  static String contract() {
    StringBuilder text = new StringBuilder(CONTRACT_BYTES);
    int bytes = 0;
    for (int clause = 1; bytes < CONTRACT_BYTES; clause++) {
      String line =
          "Clause "
              + clause
              + ". The supplier delivers within "
              + clause % 30
              + " days of the order (제"
              + clause
              + "조), and bears the risk until then.\n";
      text.append(line);
      // Two Korean syllables take three bytes each.
      bytes += line.length() + 4;
    }
    return text.toString();
  }

  private static void ask(Scene scene, String root, String input, String output, long tokens) {
    scene.step(
        root,
        "gen_ai.chat",
        "chat gpt-4o",
        640,
        null,
        Talk.model("openai", "gpt-4o", input, output, tokens, 40));
  }

  private static void end(Scene scene, String root, long began, String question, String answer) {
    scene.span(
        root,
        null,
        "gen_ai.invoke_agent",
        "invoke_agent Reader",
        began,
        null,
        SampleShop.agent("Reader", question, answer));
  }
}
