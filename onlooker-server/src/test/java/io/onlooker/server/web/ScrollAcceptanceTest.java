package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onlooker.server.demo.SampleShop;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a frame of scrolling costs and shows, counted: how many frames a second that makes depends
 * on the machine and is measured by {@code benchmarks/pages.sh}.
 */
final class ScrollAcceptanceTest {

  private static final int FRAMES = 180;

  /** Scrolls 48 pixels a frame and looks at each frame when it has been drawn. */
  private static final String SCROLL =
      """
      const done = arguments[arguments.length - 1];
      const seen = { frames: 0, holes: 0, bare: 0, elements: 0, rows: 0, texts: 0, way: 0 };
      const body = document.querySelector(".rows");
      const head = document.querySelector(".grid .head");
      const changes = new MutationObserver((all) => {
        seen.texts += all.filter((each) => each.type === "characterData"
            || each.target.nodeName === "BDI").length;
      });
      changes.observe(body, { childList: true, characterData: true, subtree: true });
      const began = scrollY;
      function look() {
        const rows = [...document.querySelectorAll(".rows [role=row]")];
        const top = head.getBoundingClientRect().bottom;
        // The row with the focus stays where it is, far above.
        const boxes = rows.map((row) => row.getBoundingClientRect()).filter((box) => box.bottom > top);
        const end = Math.min(innerHeight, body.getBoundingClientRect().bottom);
        seen.frames++;
        seen.rows = Math.max(seen.rows, rows.length);
        seen.elements = Math.max(seen.elements, document.querySelectorAll("*").length);
        seen.holes += boxes.some((box, i) => i > 0 && Math.abs(box.top - boxes[i - 1].bottom) > 1) ? 1 : 0;
        seen.bare += boxes[0].top > top + 1
            || boxes.at(-1).bottom < end - 1 ? 1 : 0;
      }
      (function step() {
        if (seen.frames === FRAMES) {
          changes.disconnect();
          seen.way = scrollY - began;
          done(seen);
          return;
        }
        scrollBy(0, 48);
        // The rows follow in the next frame; in the one after it they are there.
        requestAnimationFrame(() => requestAnimationFrame(() => { look(); step(); }));
      })();
      """
          .replace("FRAMES", Integer.toString(FRAMES));

  private static Stage stage;
  private static Browser browser;

  @BeforeAll
  static void open() {
    stage = Stage.shared();
    browser = stage.browser();
  }

  @Test
  void check12_everyFrameIsWholeAndCheap() {
    browser.go(
        stage.url(Stage.HOME + "/sessions/" + SampleShop.largeSession() + "?view=waterfall"));
    await().until(() -> !browser.all(".rows [role=row]").isEmpty());
    // Below the first rows the heads have stopped, and every frame is like the one before.
    browser.run("scrollTo(0, 2400)");
    double layouts = browser.work("LayoutCount");
    double styles = browser.work("RecalcStyleCount");

    Map<?, ?> seen = (Map<?, ?>) browser.later(SCROLL);
    layouts = browser.work("LayoutCount") - layouts;
    styles = browser.work("RecalcStyleCount") - styles;

    assertThat(seen).isNotNull();
    assertThat(seen.get("way")).as("pixels scrolled").isEqualTo(48L * FRAMES);
    assertThat(seen.get("bare"))
        .as("frames in which a part of the window had no row")
        .isEqualTo(0L);
    assertThat(seen.get("holes")).as("frames with a gap between rows").isEqualTo(0L);
    assertThat((Long) seen.get("elements")).isLessThanOrEqualTo(1_500);
    assertThat((Long) seen.get("rows")).isBetween(30L, 60L);
    assertThat((Long) seen.get("texts"))
        .as("names written: two rows come into view with each frame")
        .isLessThanOrEqualTo(2 * 3 * FRAMES + 60L);
    // The test itself looks at boxes in each frame: once after the page did.
    assertThat(layouts / FRAMES).as("layouts a frame").isLessThanOrEqualTo(4);
    assertThat(styles / FRAMES).as("recalculations of styles a frame").isLessThanOrEqualTo(4);
  }
}
