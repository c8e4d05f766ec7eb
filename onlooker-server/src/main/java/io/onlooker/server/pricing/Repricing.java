package io.onlooker.server.pricing;

import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.server.access.Access;
import io.onlooker.server.access.Project;
import io.onlooker.server.access.Setting;
import io.onlooker.server.cost.Pricing;
import io.onlooker.store.Batch;
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
 * span. Safe for many threads.
 */
public final class Repricing implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Repricing.class);

  private static final String NAME = "reprice";
  private static final int PAGE = 500;
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
    SpanPage page =
        store.spans(new SpanQuery(project, PRICED, job.from(), job.to(), PAGE, job.cursor()));
    List<Item> changed = new ArrayList<>();
    for (SpanData span : page.spans()) {
      SpanData priced = pricing.price(project, span);
      if (!priced.equals(span)) {
        changed.add(priced);
      }
    }
    store.append(new Batch(project, changed));
    return job.after(page.spans().size(), changed.size(), page.cursor(), clock.instant());
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
