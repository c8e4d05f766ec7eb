package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import java.time.Duration;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** How long data is kept; set for the whole server when it starts. */
final class RetentionSection implements SettingsSection {

  private final IntFunction<@Nullable Duration> retention;

  RetentionSection(IntFunction<@Nullable Duration> retention) {
    this.retention = retention;
  }

  /** As a person reads it. */
  record View(String kept) implements Body {}

  @Override
  public View show(Pages.Visit visit, Request request, FormBody form) {
    return new View(kept(visit.project()));
  }

  /** {@code 90 days}, {@code 36 hours} or {@code for ever}. */
  String kept(int project) {
    Duration kept = retention.apply(project);
    if (kept == null) {
      return "for ever";
    }
    boolean days = kept.toHours() % 24 == 0;
    long count = days ? kept.toDays() : kept.toHours();
    return Show.count(count) + (days ? " day" : " hour") + (count == 1 ? "" : "s");
  }
}
