package io.onlooker.springboot;

import io.onlooker.Drop;
import io.onlooker.ExportMetrics;
import io.onlooker.Exporter;
import io.onlooker.Onlooker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Tells where Onlooker sends, what became of what it recorded, and what it found to instrument. */
final class OnlookerInfo implements InfoContributor {

  private final Onlooker onlooker;
  private final ObjectProvider<Instrumented> instrumented;

  OnlookerInfo(Onlooker onlooker, ObjectProvider<Instrumented> instrumented) {
    this.onlooker = onlooker;
    this.instrumented = instrumented;
  }

  @Override
  public void contribute(Info.Builder builder) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("enabled", onlooker.enabled());
    about.put("libraries", libraries());
    about.put("exporters", onlooker.exporters().stream().map(OnlookerInfo::exporter).toList());
    about.put("dropped", dropped(onlooker.metrics()));
    builder.withDetail("onlooker", about);
  }

  private Map<String, String> libraries() {
    Map<String, String> versions = new TreeMap<>();
    for (Instrumented one : instrumented) {
      versions.put(one.library(), one.version() == null ? "unknown" : one.version());
    }
    return versions;
  }

  private static Map<String, Object> exporter(Exporter exporter) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("type", exporter.getClass().getSimpleName());
    put(about, "to", exporter.place());
    ExportMetrics metrics = exporter.metrics();
    if (metrics != null) {
      about.put("sent", metrics.sent());
      about.put("dropped", dropped(metrics));
    }
    put(about, "lastFailure", exporter.lastFailure());
    return about;
  }

  private static void put(Map<String, Object> about, String name, @Nullable Object value) {
    if (value != null) {
      about.put(name, value);
    }
  }

  private static Map<String, Long> dropped(ExportMetrics metrics) {
    Map<String, Long> counts = new TreeMap<>();
    for (Drop reason : List.of(Drop.values())) {
      if (metrics.dropped(reason) > 0) {
        counts.put(reason.name().toLowerCase(Locale.ROOT), metrics.dropped(reason));
      }
    }
    return counts;
  }
}
