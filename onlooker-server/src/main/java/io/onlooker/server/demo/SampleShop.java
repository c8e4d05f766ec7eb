package io.onlooker.server.demo;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.cost.Pricing;
import io.onlooker.store.Batch;
import io.onlooker.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some days of a shop's agents.
 *
 * <p>The last 24 hours have 2,418 sessions: 61 failed (41 because {@code check_order} timed out, 12
 * of a rate limit, 6 of an answer that was no JSON, 2 of a context too long), 103 recovered, one of
 * 5,000 steps, one still running; one model has no price. The days before are quieter.
 */
public final class SampleShop {

  private static final int BATCH = 4_000;
  private static final int LARGE_STEPS = 5_000;

  private final Store store;
  private final int project;
  private final Instant now;
  private final Pricing pricing = new Pricing(Prices.shipped());
  private final List<Item> waiting = new ArrayList<>();

  private SampleShop(Store store, int project, Instant now) {
    this.store = store;
    this.project = project;
    this.now = now;
  }

  /**
   * Fills a project.
   *
   * @param days at least 1; the last one ends now
   */
  public static void fill(Store store, int project, Instant now, int days) {
    SampleShop shop = new SampleShop(store, project, now);
    shop.add(large(now));
    shop.add(running(now));
    shop.days(0, days);
  }

  /**
   * Fills in the days before those.
   *
   * @param from the first day to fill, counted back from the one that ends now
   * @param to the day behind the last
   */
  public static void fillBefore(Store store, int project, Instant now, int from, int to) {
    new SampleShop(store, project, now).days(from, to);
  }

  private void days(int from, int to) {
    for (int daysAgo = from; daysAgo < to; daysAgo++) {
      Calendar.day(now, daysAgo).forEach(visit -> add(Conversation.play(visit)));
      Traffic.day(now, daysAgo).forEach(this::add);
    }
    send();
  }

  /** The id of the session with 5,000 steps. */
  public static String largeSession() {
    return new Scene(-1, Instant.EPOCH).nextId();
  }

  private void add(List<Item> items) {
    for (Item item : items) {
      waiting.add(item instanceof SpanData span ? pricing.price(span) : item);
    }
    if (waiting.size() >= BATCH) {
      send();
    }
  }

  private void send() {
    store.append(new Batch(project, List.copyOf(waiting)));
    waiting.clear();
  }

  private static List<Item> large(Instant now) {
    Scene scene = new Scene(-1, now.minusSeconds(5_400));
    String root = scene.nextId();
    long start = scene.nanos();
    String parent = root;
    for (int i = 0; i < LARGE_STEPS - 1; i++) {
      boolean fails = i % 1_250 == 700;
      scene.pause(i % 900 == 899 ? 45_000 : 5);
      scene.step(
          parent,
          "gen_ai.execute_tool",
          "execute_tool search_kb",
          40 + (i * 37L) % 600,
          fails ? "index is being rebuilt" : null,
          Talk.tool(
              "search_kb",
              "{\"page\":" + i + "}",
              fails ? null : "{\"hits\":" + i % 12 + "}",
              fails ? "IndexBusy" : null));
    }
    scene.span(
        root,
        null,
        "gen_ai.invoke_agent",
        "invoke_agent Crawler",
        start,
        null,
        agent("Crawler", "Read the whole knowledge base.", "Read 4,999 pages."));
    return scene.items();
  }

  private static List<Item> running(Instant now) {
    Scene scene = new Scene(-2, now.minusSeconds(8));
    String root = scene.nextId();
    long start = scene.nanos();
    String question = "I want to speak to a person.";
    scene.step(
        root,
        "gen_ai.chat",
        "chat gpt-4o-mini",
        900,
        null,
        Talk.model(
            "openai",
            "gpt-4o-mini",
            Talk.text("user", question),
            Talk.wants("find_team", "{\"topic\":\"complaint\"}"),
            900,
            12));
    scene.open(
        root, "gen_ai.invoke_agent", "invoke_agent Triage", start, agent("Triage", question, null));
    return scene.items();
  }

  private static Attributes agent(String name, String question, @Nullable String answer) {
    return Attributes.builder()
        .put(GenAi.OPERATION_TYPE, "agent")
        .put(GenAi.OPERATION_NAME, "invoke_agent")
        .put(GenAi.AGENT_NAME, name)
        .put(GenAi.USER_ID, "user-9")
        .put(GenAi.INPUT_MESSAGES, Talk.text("user", question))
        .put(GenAi.OUTPUT_MESSAGES, answer == null ? null : Talk.text("assistant", answer))
        .build();
  }
}
