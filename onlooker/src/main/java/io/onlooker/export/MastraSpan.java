package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.ErrorData.ExceptionData;
import io.onlooker.ErrorInfo;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One span as Mastra hands it to its exporters, read into ours. */
final class MastraSpan {

  private static final Pattern QUOTED = Pattern.compile("'(.+)'");

  /** Types that Sentry shows under another's operation; those not named here are free-form. */
  private static final Map<String, String> OPS =
      Map.of(
          "workflow_conditional_eval", "workflow.conditional",
          "workflow_sleep", "workflow.sleep",
          "workflow_wait_event", "workflow.wait");

  private final Map<?, ?> span;
  private final String type;
  private final @Nullable SpanType known;

  MastraSpan(Map<?, ?> span) {
    this.span = span;
    this.type = required("type");
    this.known = known(type);
  }

  /**
   * The span.
   *
   * @throws IllegalArgumentException naming the field that is missing or malformed
   */
  SpanSnapshot snapshot() {
    long start = time(span.get("startTime"), "startTime");
    ErrorInfo error = error();
    boolean ended = span.get("endTime") != null;
    return new SpanSnapshot(
        required("traceId"),
        required("id"),
        text("parentSpanId"),
        Boolean.TRUE.equals(span.get("isRootSpan")),
        event(),
        name(),
        known == null ? SpanType.GENERIC : known,
        OPS.get(type),
        entity("entityId"),
        entity("entityName"),
        start,
        ended ? time(span.get("endTime"), "endTime") : SpanData.OPEN,
        status(error, ended),
        error,
        attributes(start),
        span.get("input"),
        span.get("output"),
        metadata(),
        tags());
  }

  private boolean event() {
    return Boolean.TRUE.equals(span.get("isEvent"));
  }

  /** Mastra's names of spans of unknown type say less than type and entity. */
  private String name() {
    String entity = entity("entityName");
    return known != null || event() || entity == null ? required("name") : type + " " + entity;
  }

  /** Steps inherit the name of their workflow and keep their own only in the span's name. */
  private @Nullable String entity(String field) {
    Matcher own = QUOTED.matcher(required("name"));
    return known == SpanType.WORKFLOW_STEP && own.find() ? own.group(1) : text(field);
  }

  private Attributes attributes(long start) {
    Map<String, Object> from = new LinkedHashMap<>();
    if (span.get("attributes") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> from.put(String.valueOf(key), value));
    }
    Attributes.Builder to = Attributes.builder();
    if (event()) {
      from.forEach((key, value) -> to.put(key, ObjectEncoder.scalarOrJson(value, 64 * 1024)));
      return to.build();
    }
    // The tokens of inner spans (model_inference) repeat their generation's: not under its names.
    if (known == null) {
      to.put("ai.span.type", type).put(GenAi.OPERATION_NAME, type);
    } else {
      new MastraAttributes(from, to).read(known, start);
    }
    from.forEach((key, value) -> rest(to, key, value));
    return to.build();
  }

  private void rest(Attributes.Builder to, String key, @Nullable Object value) {
    String name = key.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    to.put("mastra." + type + "." + name, ObjectEncoder.scalarOrJson(value, 64 * 1024));
  }

  private @Nullable ErrorInfo error() {
    if (!(span.get("errorInfo") instanceof Map<?, ?> info)) {
      return null;
    }
    String name = text(info, "name");
    String message = text(info, "message");
    String stack = text(info, "stack");
    String kind = name == null ? "Error" : name;
    return new ErrorInfo(
        kind,
        message,
        text(info, "id"),
        text(info, "domain"),
        text(info, "category"),
        List.of(
            new ExceptionData(
                kind, message, true, stack == null ? List.of() : JavaScriptStack.frames(stack))));
  }

  private static SpanStatus status(@Nullable ErrorInfo error, boolean ended) {
    if (error != null) {
      return SpanStatus.error(error.message());
    }
    return ended ? SpanStatus.OK : SpanStatus.UNSET;
  }

  private Map<String, Object> metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (span.get("metadata") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> {
        if (value != null) {
          metadata.put(String.valueOf(key), value);
        }
      });
    }
    return metadata;
  }

  private List<String> tags() {
    List<String> tags = new ArrayList<>();
    if (span.get("tags") instanceof List<?> list) {
      list.forEach(tag -> tags.add(String.valueOf(tag)));
    }
    return tags;
  }

  private String required(String field) {
    String value = text(field);
    if (value == null) {
      throw new IllegalArgumentException(field + ": missing (expected: text)");
    }
    return value;
  }

  private @Nullable String text(String field) {
    return text(span, field);
  }

  private static @Nullable String text(Map<?, ?> map, String field) {
    return map.get(field) instanceof String text ? text : null;
  }

  static long time(@Nullable Object iso, String field) {
    try {
      Instant time = Instant.parse(String.valueOf(iso));
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          field + ": " + iso + " (expected: a time as 2026-11-20T08:47:04.916Z)", e);
    }
  }

  private static @Nullable SpanType known(String type) {
    for (SpanType known : SpanType.values()) {
      if (SpanNames.type(known).equals(type)) {
        return known;
      }
    }
    return null;
  }
}
