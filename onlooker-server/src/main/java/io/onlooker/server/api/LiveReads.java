package io.onlooker.server.api;

import io.onlooker.server.http.EventStream;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.store.Store;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/live}: what happens in a project, as it happens, to any number of listeners. */
final class LiveReads {

  private static final int MOST_LISTENERS = 256;
  private static final int AT_ONCE = 256;

  private final LiveFeed feed;
  private final Store store;
  private final ToIntFunction<Request> projectOf;
  private final long heartbeatMillis;

  /** Ids of another run of the server mean nothing to this one. */
  private final String run = Long.toHexString(ThreadLocalRandom.current().nextLong());

  private final AtomicInteger listeners = new AtomicInteger();

  LiveReads(LiveFeed feed, Store store, ToIntFunction<Request> projectOf, Duration heartbeat) {
    this.feed = feed;
    this.store = store;
    this.projectOf = projectOf;
    this.heartbeatMillis = heartbeat.toMillis();
  }

  /** Sends events until the client goes, or its key opens the project no more. */
  void listen(Request request, EventStream stream) throws InterruptedException {
    int project = projectOf.applyAsInt(request);
    LiveFilter filter = LiveFilter.of(new Parameters(request), store, project);
    if (listeners.incrementAndGet() > MOST_LISTENERS) {
      listeners.decrementAndGet();
      throw new HttpProblem(
              503,
              "Too many listeners",
              "listeners: more than " + MOST_LISTENERS + " (expected: fewer)")
          .with("retry-after", "30");
    }
    LiveProject live = feed.project(project);
    live.join();
    try {
      listen(request, filter, live.ring(), stream);
    } finally {
      live.leave();
      listeners.decrementAndGet();
    }
  }

  private void listen(Request request, LiveFilter filter, LiveRing ring, EventStream stream)
      throws InterruptedException {
    long at = ring.last();
    String before = request.header("last-event-id");
    Long known = before == null ? null : number(before, at);
    boolean foreign = before != null && known == null;
    boolean open = foreign ? stream.send("gap", "{\"missed\":null}", id(at)) : stream.keepAlive();
    at = known == null ? at : known;
    while (open) {
      LiveRing.Slice slice = ring.afterMillis(at, AT_ONCE, heartbeatMillis);
      open = slice.events().isEmpty() ? beat(request, stream) : send(filter, slice, stream);
      at = slice.last();
    }
  }

  /** Whether the client is still there, and may still read. */
  private boolean beat(Request request, EventStream stream) throws InterruptedException {
    try {
      int _ = projectOf.applyAsInt(request);
    } catch (HttpProblem _) {
      return false;
    }
    return stream.keepAlive();
  }

  private boolean send(LiveFilter filter, LiveRing.Slice slice, EventStream stream)
      throws InterruptedException {
    long number = slice.last() - slice.events().size();
    boolean open = true;
    if (slice.missed() > 0) {
      open = stream.send("gap", "{\"missed\":" + slice.missed() + "}", id(number));
    }
    for (LiveEvent event : slice.events()) {
      number++;
      if (open && filter.takes(event)) {
        open = stream.send(event.name(), JsonOut.text(event::members), id(number));
      }
    }
    return open;
  }

  private String id(long number) {
    return run + "-" + number;
  }

  /** The number in an id that this run gave, or null. */
  private @Nullable Long number(String id, long last) {
    String prefix = run + "-";
    String digits = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
    long number = digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : Long.MAX_VALUE;
    return number > last ? null : (Long) number;
  }
}
