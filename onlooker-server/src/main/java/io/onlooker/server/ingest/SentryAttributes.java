package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where Sentry's items hide what we call attributes. */
final class SentryAttributes {

  /** Contexts that repeat in every event of a process, or that have a place of their own. */
  private static final Set<String> LEFT_OUT =
      Set.of("trace", "app", "device", "culture", "cloud_resource", "otel", "profile");

  private SentryAttributes() {}

  /** The attributes of a streamed item: each a value and the type its sender meant. */
  static void putTyped(Attributes.Builder attributes, JsonNode object) {
    if (object.isObject()) {
      object.properties().forEach(field -> attributes.put(field.getKey(), typed(field.getValue())));
    }
  }

  /** Tags, contexts, measurements and extras of a transaction or an event. */
  static void putOfEvent(Attributes.Builder attributes, JsonNode event) {
    putTags(attributes, event.path("tags"));
    putMeasurements(attributes, event.path("measurements"));
    putContexts(attributes, event.path("contexts"));
    Json.putAll(attributes, "", event.path("extra"));
    attributes.putIfAbsent("http.request.method", Json.text(event.path("request"), "method"));
    attributes.putIfAbsent("url.full", Json.text(event.path("request"), "url"));
  }

  static void putMeasurements(Attributes.Builder attributes, JsonNode measurements) {
    if (measurements.isObject()) {
      measurements
          .properties()
          .forEach(field ->
              attributes.putIfAbsent(
                  "measurements." + field.getKey(), Json.value(field.getValue().path("value"))));
    }
  }

  static void putOrigin(Attributes.Builder attributes, JsonNode span) {
    attributes.putIfAbsent("sentry.origin", Json.text(span, "origin"));
  }

  /** Links as one JSON text: a list of trace id, span id and attributes. */
  static void putLinks(Attributes.Builder attributes, JsonNode links) {
    if (links.isArray() && !links.isEmpty()) {
      attributes.put("links", links.toString());
    }
  }

  /** Tags are an object, or from old senders a list of pairs. */
  private static void putTags(Attributes.Builder attributes, JsonNode tags) {
    Json.putAll(attributes, "", tags);
    if (tags.isArray()) {
      for (JsonNode pair : tags) {
        String key = pair.path(0).asString("");
        if (!key.isEmpty()) {
          attributes.putIfAbsent(key, Json.value(pair.path(1)));
        }
      }
    }
  }

  private static void putContexts(Attributes.Builder attributes, JsonNode contexts) {
    if (contexts.isObject()) {
      contexts.properties().stream()
          .filter(context -> !LEFT_OUT.contains(context.getKey()))
          .forEach(context -> Json.putAll(attributes, context.getKey() + ".", context.getValue()));
    }
  }

  private static @Nullable Object typed(JsonNode attribute) {
    return typed(attribute.path("type").asString(""), attribute.path("value"));
  }

  /** The value as the type says that it is meant. */
  static @Nullable Object typed(String type, JsonNode value) {
    return switch (type) {
      case "integer" -> whole(value);
      case "double" ->
          value.isNumber() ? Double.valueOf(value.decimalValue().doubleValue()) : numeric(value);
      case "string" -> value.isNumber() ? value.asString() : Json.value(value);
      default -> Json.value(value);
    };
  }

  private static @Nullable Object whole(JsonNode value) {
    if (value.isNumber()) {
      double number = value.decimalValue().doubleValue();
      boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
      return whole && !value.canConvertToLong()
          ? Json.number(value)
          : whole ? (Object) value.longValue() : number;
    }
    return numeric(value);
  }

  /** A number in quotes is a number when that is what its type says. */
  private static @Nullable Object numeric(JsonNode value) {
    Object plain = Json.value(value);
    if (plain instanceof String text) {
      Double number = Attributes.builder().put("n", text).build().number("n");
      if (number != null) {
        return number == Math.rint(number) ? (Object) number.longValue() : number;
      }
    }
    return plain;
  }
}
