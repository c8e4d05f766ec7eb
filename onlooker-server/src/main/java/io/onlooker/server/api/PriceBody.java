package io.onlooker.server.api;

import io.onlooker.server.cost.ModelCall;
import io.onlooker.server.cost.TokenUsage;
import io.onlooker.server.cost.TokenUsage.CacheWrites;
import io.onlooker.server.cost.TokenUsage.Counting;
import io.onlooker.server.http.HttpProblem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a model call whose cost is asked. */
final class PriceBody {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PriceBody() {}

  static ModelCall of(byte[] body) {
    JsonNode call = parse(body);
    String model = text(call, "model");
    if (model == null) {
      throw Problem.missing("model", "the name of a model as a client sends it");
    }
    JsonNode usage = call.path("usage");
    if (!usage.isObject()) {
      throw Problem.badParameter("usage", usage.toString(), "an object of token counts");
    }
    return new ModelCall(
        text(call, "provider"),
        model,
        at(text(call, "at")),
        text(call, "service_tier"),
        text(call, "speed"),
        usage(usage));
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode root = JSON.readTree(body);
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException _) {
      // Told below, as a body that is no object is.
    }
    throw new HttpProblem(
        400, "Bad body", "body: not JSON (expected: an object with model, usage)");
  }

  private static TokenUsage usage(JsonNode usage) {
    JsonNode semantic = usage.path("semantic");
    return new TokenUsage(
        counting(semantic, "input"),
        counting(semantic, "output"),
        tokens(usage, "input_tokens"),
        tokens(usage, "cached_input_tokens"),
        new CacheWrites(
            tokens(usage, "cache_write_tokens"),
            tokens(usage, "cache_write_5m_tokens"),
            tokens(usage, "cache_write_1h_tokens"),
            tokens(usage, "cache_write_12h_tokens")),
        tokens(usage, "audio_input_tokens"),
        tokens(usage, "output_tokens"),
        tokens(usage, "reasoning_tokens"),
        tokens(usage, "audio_output_tokens"),
        tokens(usage, "total_tokens"));
  }

  private static Counting counting(JsonNode semantic, String side) {
    String word = text(semantic, side);
    for (Counting counting : Counting.values()) {
      if (word == null || counting.name().toLowerCase(Locale.ROOT).equals(word)) {
        return word == null ? Counting.UNKNOWN : counting;
      }
    }
    throw Problem.badParameter(
        "usage.semantic." + side, String.valueOf(word), "inclusive, exclusive or unknown");
  }

  private static @Nullable Long tokens(JsonNode usage, String name) {
    JsonNode value = usage.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw Problem.badParameter("usage." + name, value.toString(), "a whole number or null");
    }
    return value.longValue();
  }

  private static Instant at(@Nullable String time) {
    try {
      return time == null ? Instant.now() : Instant.parse(time);
    } catch (DateTimeException _) {
      throw Problem.badParameter("at", String.valueOf(time), "a time like 2026-11-20T12:00:00Z");
    }
  }

  private static @Nullable String text(JsonNode from, String name) {
    JsonNode value = from.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw Problem.badParameter(name, value.toString(), "text or null");
    }
    return value.asString();
  }
}
