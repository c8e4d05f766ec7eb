package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.server.access.Access;
import io.onlooker.server.access.Scope;
import io.onlooker.store.Batch;
import io.onlooker.store.Filter;
import io.onlooker.store.SpanQuery;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a deleted project received cannot be found any more, nor after the next start. */
final class DeletedProjectTest {

  @TempDir private Path folder;

  private int project;

  @BeforeEach
  void make() {
    try (Access access = access()) {
      project = access.createProject("passing").id();
      access.createKey(project, Scope.INGEST, "sender");
    }
  }

  private Access access() {
    return Access.open(folder.resolve("settings.db"), Clock.systemUTC());
  }

  private OnlookerServer server() throws Exception {
    return OnlookerServer.open(
        ServerConfig.of(folder).withAddress("127.0.0.1", 0).withOtlpPorts(false));
  }

  private static Batch batch(int of) {
    long now = Instant.now().minusSeconds(60).toEpochMilli() * 1_000_000;
    SpanData span =
        new SpanData(
            "%032x".formatted(of),
            "%016x".formatted(of),
            null,
            "work",
            "function",
            now,
            now + 1_000_000,
            SpanStatus.OK,
            true,
            Attributes.EMPTY,
            List.of());
    return new Batch(of, List.of(span));
  }

  private static List<SpanData> spans(OnlookerServer server, int of) {
    Instant now = Instant.now();
    return server
        .store()
        .spans(new SpanQuery(of, Filter.ALL, now.minusSeconds(3600), now, 10, null))
        .spans();
  }

  @Test
  void data_isGone() throws Exception {
    try (OnlookerServer server = server()) {
      server.store().append(batch(1));
      server.store().append(batch(project));
      assertThat(spans(server, project)).hasSize(1);

      // As a command beside the server would: the server looks once a second.
      try (Access other = access()) {
        other.deleteProject(project);
      }

      await().until(() -> spans(server, project).isEmpty());
      assertThat(server.store().trace(project, "%032x".formatted(project))).isEmpty();
      assertThat(spans(server, 1)).hasSize(1);
    }
    try (OnlookerServer server = server()) {
      assertThat(spans(server, project)).isEmpty();
      assertThat(spans(server, 1)).hasSize(1);
    }
  }

  @Test
  void settings_areGone() {
    try (Access access = access()) {
      access.putSetting(project, "views", "{}", null);
      access.people().add("reader", "correct horse battery", Scope.READ, project);

      access.deleteProject(project);

      assertThat(access.project(project)).isNull();
      assertThat(access.deleted(project)).isTrue();
      assertThat(access.deleted(1)).isFalse();
      assertThat(access.setting(project, "views")).isNull();
      assertThat(access.people().all()).isEmpty();
      assertThat(access.keys()).noneMatch(key -> Integer.valueOf(project).equals(key.project()));
      assertThat(access.createProject("passing").id()).isNotEqualTo(project);
    }
  }
}
