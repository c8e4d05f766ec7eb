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
 * 5,000 steps, one of sixteen messages, one of two megabytes of prompt, one still running; one
 * model has no price. The days before are quieter.
 */
public final class SampleShop {

  private static final int BATCH = 4_000;
  private static final int LARGE_STEPS = 5_000;

  private static final long LARGE = -1;
  private static final long RUNNING = -2;
  private static final long LONG_TALK = -3;
  private static final long LONG_PROMPT = -4;
  private static final long LARGER = 10_000_000;

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
    shop.add(Crawl.play(LARGE, now.minusSeconds(5_400), LARGE_STEPS));
    shop.add(LongTexts.talk(LONG_TALK, now.minusSeconds(4_200)));
    shop.add(LongTexts.prompt(LONG_PROMPT, now.minusSeconds(4_000)));
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
    return session(LARGE);
  }

  /** The id of the session whose last model call has sixteen messages, two of them new. */
  public static String longTalk() {
    return session(LONG_TALK);
  }

  /** The id of the session with a prompt of two megabytes. */
  public static String longPrompt() {
    return session(LONG_PROMPT);
  }

  /** The text of that prompt. */
  public static String longText() {
    return LongTexts.contract();
  }

  /**
   * Adds one more session, of so many steps; for measuring.
   *
   * @return its id
   */
  public static String addLarge(Store store, int project, Instant now, int steps) {
    SampleShop shop = new SampleShop(store, project, now);
    List<Item> items = Crawl.play(LARGER, now.minusSeconds(30_000), steps);
    for (int from = 0; from < items.size(); from += BATCH) {
      shop.add(items.subList(from, Math.min(items.size(), from + BATCH)));
    }
    shop.send();
    return session(LARGER);
  }

  private static String session(long seed) {
    return new Scene(seed, Instant.EPOCH).nextId();
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

  private static List<Item> running(Instant now) {
    Scene scene = new Scene(RUNNING, now.minusSeconds(8));
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

  static Attributes agent(String name, String question, @Nullable String answer) {
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
