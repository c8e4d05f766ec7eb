package io.onlooker.store;

import static java.util.Objects.requireNonNull;

import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Queries over a few spans with the rows they must give, as {@code /queries/cases.txt} tells them.
 */
record QueryCase(String name, List<SpanData> spans, List<Asked> asked) {

  /** One query: its text, figures and groups, and the rows expected. */
  record Asked(String query, List<String> figures, List<String> groups, List<?> rows) {

    private static Asked of(String line, String rows) {
      String[] parts = line.substring(1).split("\\|", -1);
      return new Asked(
          parts[0].strip(), list(parts[1]), list(parts[2]), (List<?>) requireNonNull(json(rows)));
    }

    private static List<String> list(String text) {
      return text.isBlank() ? List.of() : List.of(text.strip().split("; "));
    }
  }

  static List<QueryCase> all() {
    List<QueryCase> cases = new ArrayList<>();
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("==")) {
        cases.add(new QueryCase(line.substring(2).strip(), new ArrayList<>(), new ArrayList<>()));
      } else if (line.startsWith("{")) {
        List<SpanData> spans = cases.getLast().spans();
        spans.add(span(spans.size() + 1, (Map<?, ?>) requireNonNull(json(line))));
      } else {
        cases.getLast().asked().add(Asked.of(line, lines.get(++i)));
      }
    }
    return cases;
  }

  private static List<String> lines() {
    try (InputStream file = QueryCase.class.getResourceAsStream("/queries/cases.txt")) {
      if (file == null) {
        throw new IllegalStateException("/queries/cases.txt: missing (expected: a resource)");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SpanData span(int number, Map<?, ?> told) {
    Spans span = Spans.of(1, number);
    told.forEach((name, value) -> {
      switch (String.valueOf(name)) {
        case "op" -> span.op((String) value);
        case "name" -> span.name((String) value);
        case "status" -> span.status(status((String) value, (String) told.get("message")));
        case "message" -> {}
        case "ms" -> span.millis(((Number) value).doubleValue());
        case "at" -> span.startAfter((Long) value);
        default -> span.with((String) name, value);
      }
    });
    return span.make();
  }

  private static SpanStatus status(String word, @Nullable String message) {
    return new SpanStatus(
        SpanStatus.Code.valueOf(word.toUpperCase(java.util.Locale.ROOT)), message);
  }

  private static @Nullable Object json(String text) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, value(parser));
        }
        yield map;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
