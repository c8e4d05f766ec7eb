package io.onlooker.server.demo;

import io.onlooker.Attributes;
import io.onlooker.Item;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One agent that reads a whole knowledge base, chapter by chapter: a run of thousands of steps. */
final class Crawl {

  private static final String MODEL = "gpt-4o-mini";
  private static final String QUESTION = "Read the whole knowledge base.";

  private final Scene scene;
  private final String root;
  private int left;
  private int tools;
  private int chapters;

  private Crawl(long seed, Instant start, int steps) {
    this.scene = new Scene(seed, start).by("Crawler");
    this.root = scene.nextId();
    this.left = steps - 1;
  }

  /**
   * Its spans.
   *
   * @param steps how many, the agent itself included
   */
  static List<Item> play(long seed, Instant start, int steps) {
    Crawl crawl = new Crawl(seed, start, steps);
    crawl.play();
    return crawl.scene.items();
  }

  private void play() {
    long start = scene.nanos();
    while (left > 0) {
      chapter();
    }
    scene.span(
        root,
        null,
        "gen_ai.invoke_agent",
        "invoke_agent Crawler",
        start,
        null,
        SampleShop.agent("Crawler", QUESTION, "Read " + tools + " pages."));
  }

  private void chapter() {
    int number = ++chapters;
    String id = scene.nextId();
    long start = scene.nanos();
    left--;
    ask(id, number, 500 + number * 131L % 900);
    int pages = 3 + number % 7;
    for (int page = 0; page < pages && left > 0; page++) {
      page(id);
    }
    ask(id, number, 700 + number * 97L % 1_300);
    scene.span(id, root, "workflow.step", "chapter " + number, start, null, Attributes.EMPTY);
    scene.pause(number == 210 ? 190_000 : number % 60 == 0 ? 20_000 : 5);
  }

  private void ask(String parent, int number, long millis) {
    if (left == 0) {
      return;
    }
    left--;
    scene.step(
        parent,
        "gen_ai.chat",
        "chat " + MODEL,
        millis,
        null,
        Talk.model(
            "openai",
            MODEL,
            Talk.text("user", "Which pages does chapter " + number + " have?"),
            Talk.wants("search_kb", "{\"chapter\":" + number + "}"),
            900 + number % 400,
            30 + number % 50));
  }

  private void page(String parent) {
    int page = tools++;
    boolean fails = page % 700 == 350;
    String id = scene.nextId();
    long start = scene.nanos();
    left--;
    scene.pause(20 + page * 37L % 500);
    if (page % 3 == 0 && left > 0) {
      left--;
      scene.step(
          id,
          "db.sql.query",
          "SELECT pages",
          40 + page * 11L % 90,
          null,
          Attributes.of(Map.of("db.system.name", "postgresql")));
    }
    scene.span(
        id,
        parent,
        "gen_ai.execute_tool",
        "execute_tool search_kb",
        start,
        fails ? "index is being rebuilt" : null,
        Talk.tool(
            "search_kb",
            "{\"page\":" + page + "}",
            fails ? null : "{\"hits\":" + page % 12 + "}",
            fails ? "IndexBusy" : null));
  }
}
