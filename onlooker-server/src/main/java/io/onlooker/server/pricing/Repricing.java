package io.onlooker.server.pricing;

import io.onlooker.SpanData;
import io.onlooker.server.access.Access;
import io.onlooker.server.access.Project;
import io.onlooker.server.access.Setting;
import io.onlooker.server.cost.Pricing;
import io.onlooker.store.Edit;
import io.onlooker.store.Filter;
import io.onlooker.store.SpanPage;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryParser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prices again what is stored already, page by page, the newest first. How far it came is kept
 * after each page, so that it goes on after a restart; a span that is priced twice is the same
 * span, and one that is sent again meanwhile is never put back to what it was. Safe for many
 * threads.
 */
public final class Repricing implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Repricing.class);

  private static final String NAME = "reprice";
  private static final int PAGE = 500;
  private static final int ATTEMPTS = 5;
  private static final Filter PRICED =
      QueryParser.parse("has:onlooker.cost_usd OR has:onlooker.cost.missing", Instant.EPOCH);

  private final Store store;
  private final Pricing pricing;
  private final Access access;
  private final InstantSource clock;
  private final Map<Integer, Thread> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public Repricing(Store store, Pricing pricing, Access access, InstantSource clock) {
    this.store = store;
    this.pricing = pricing;
    this.access = access;
    this.clock = clock;
  }

  /** Goes on with what a server that stopped had begun. */
  public void resume() {
    for (Project project : access.projects()) {
      RepriceJob job = job(project.id());
      if (job != null && job.state() == RepriceJob.State.RUNNING) {
        start(project.id(), job);
      }
    }
  }

  /** The last job of the project, or null. */
  public @Nullable RepriceJob job(int project) {
    Setting setting = access.setting(project, NAME);
    return setting == null ? null : RepriceJob.parse(setting.value());
  }

  /** Begins a job; null when one is running. */
  public synchronized @Nullable RepriceJob begin(int project, Instant from, Instant to) {
    RepriceJob before = job(project);
    if (before != null && before.state() == RepriceJob.State.RUNNING) {
      return null;
    }
    RepriceJob job = RepriceJob.begin(from, to, clock.instant());
    keep(project, job);
    start(project, job);
    return job;
  }

  private void start(int project, RepriceJob job) {
    Thread thread =
        Thread.ofPlatform().name("onlooker-reprice").daemon().unstarted(() -> run(project, job));
    running.put(project, thread);
    thread.start();
  }

  private void run(int project, RepriceJob begun) {
    RepriceJob job = begun;
    try {
      while (!closed && job.state() == RepriceJob.State.RUNNING) {
        job = page(project, job);
        keep(project, job);
      }
    } catch (RuntimeException e) {
      if (!closed) {
        log.error("project {}: pricing again failed", project, e);
        keep(project, job.failed(String.valueOf(e.getMessage()), clock.instant()));
      }
    }
  }

  private RepriceJob page(int project, RepriceJob job) {
    try (Edit edit = store.edit(project)) {
      SpanPage page =
          store.spans(new SpanQuery(project, PRICED, job.from(), job.to(), PAGE, job.cursor()));
      List<SpanData> changed = changed(project, page.spans());
      List<SpanData> revised = edit.append(changed);
      int again = again(project, revised);
      int kept = changed.size() - revised.size() + again;
      return job.after(page.spans().size(), kept, page.cursor(), clock.instant());
    }
  }

  /** Those that cost something else now. */
  private List<SpanData> changed(int project, List<SpanData> spans) {
    List<SpanData> changed = new ArrayList<>();
    for (SpanData span : spans) {
      SpanData priced = pricing.price(project, span);
      if (!priced.equals(span)) {
        changed.add(priced);
      }
    }
    return changed;
  }

  /**
   * Prices what was revised meanwhile as it stands now. It was priced when it came, but perhaps a
   * moment before the prices changed. A span that is revised without a pause is left as it comes.
   */
  private int again(int project, List<SpanData> revised) {
    int kept = 0;
    List<SpanData> left = revised;
    for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
      try (Edit edit = store.edit(project)) {
        List<SpanData> changed = changed(project, current(project, left));
        left = edit.append(changed);
        kept += changed.size() - left.size();
      }
    }
    return kept;
  }

  private List<SpanData> current(int project, List<SpanData> spans) {
    List<SpanData> current = new ArrayList<>();
    for (SpanData span : spans) {
      SpanData now = store.span(project, span.traceId(), span.spanId());
      if (now != null) {
        current.add(now);
      }
    }
    return current;
  }

  private void keep(int project, RepriceJob job) {
    access.putSetting(project, NAME, job.toJson(), null);
  }

  @Override
  public void close() {
    closed = true;
    for (Thread thread : running.values()) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
