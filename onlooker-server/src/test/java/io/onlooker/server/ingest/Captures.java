package io.onlooker.server.ingest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests of real clients, with what a receiver should derive from each. */
final class Captures {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A larger set beside the checkout; used as well when it is there. */
  private static final Path MORE = Path.of("../../shared/captures");

  private Captures() {}

  /**
   * One captured request.
   *
   * @param index its entry in the index
   * @param session which run of the client it belongs to
   */
  record Capture(String session, JsonNode index, Path file) {

    byte[] body() throws IOException {
      return Files.readAllBytes(file);
    }

    JsonNode facts() {
      return index.path("facts");
    }

    String path() {
      return index.path("path").asString("");
    }

    boolean otlp() {
      return file.toString().contains(".otlp.");
    }

    boolean logs() {
      return file.toString().contains(".logs.");
    }

    OtlpEncoding encoding() {
      return file.toString().endsWith(".json") ? OtlpEncoding.JSON : OtlpEncoding.PROTOBUF;
    }

    @Override
    public String toString() {
      return session + ": " + file.getFileName();
    }
  }

  static List<Capture> mastra() {
    List<Capture> all = new ArrayList<>();
    for (Path folder : folders()) {
      for (JsonNode request : read(folder.resolve("mastra/index.json")).path("requests")) {
        Path file = folder.resolve("mastra").resolve(request.path("file").asString());
        all.add(new Capture(request.path("client").asString(), request, file));
      }
    }
    return all;
  }

  static List<Capture> sentry() {
    List<Capture> all = new ArrayList<>();
    for (Path folder : folders()) {
      for (JsonNode scenario : read(folder.resolve("sentry/index.json")).path("scenarios")) {
        for (JsonNode request : scenario.path("requests")) {
          Path file = folder.resolve("sentry").resolve(request.path("file").asString());
          all.add(new Capture(scenario.path("name").asString(), request, file));
        }
      }
    }
    return all;
  }

  private static List<Path> folders() {
    try {
      Path own = Path.of(Objects.requireNonNull(Captures.class.getResource("/captures")).toURI());
      return Files.isDirectory(MORE) ? List.of(own, MORE) : List.of(own);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode read(Path file) {
    return JSON.readTree(file.toFile());
  }
}
