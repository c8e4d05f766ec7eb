package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an envelope says about its sender once, for all its items: release, environment, user,
 * server and SDK.
 *
 * @param traceId of the trace header, for errors that say none, or null
 */
record Sender(Attributes attributes, @Nullable String traceId) {

  /** From the envelope's header: its trace header names release and environment. */
  static Sender of(JsonNode header) {
    Attributes.Builder attributes = Attributes.builder();
    JsonNode trace = header.path("trace");
    put(attributes, "release", trace, "release");
    put(attributes, "environment", trace, "environment");
    putSdk(attributes, header);
    String traceId = Ids.orNull(Json.text(trace, "trace_id"), Ids.TRACE_DIGITS);
    return new Sender(attributes.build(), traceId);
  }

  /** The same, with what a transaction or event says; that is the more exact source. */
  Sender with(JsonNode event) {
    Attributes.Builder all = Attributes.builder();
    put(all, "release", event, "release");
    put(all, "environment", event, "environment");
    put(all, "server_name", event, "server_name");
    put(all, "sentry.platform", event, "platform");
    put(all, "sentry.dist", event, "dist");
    putSdk(all, event);
    putUser(all, event.path("user"));
    attributes.forEach(all::putIfAbsent);
    return new Sender(all.build(), traceId);
  }

  /**
   * Adds what an item leaves out. A release it names itself, in Sentry's word for it, is right: the
   * trace header may be that of another service, where the trace began.
   */
  void addTo(Attributes.Builder item) {
    attributes.forEach((name, value) -> {
      if (!item.has("sentry." + name)) {
        item.putIfAbsent(name, value);
      }
    });
  }

  private static void putSdk(Attributes.Builder attributes, JsonNode holder) {
    put(attributes, "sentry.sdk.name", holder.path("sdk"), "name");
    put(attributes, "sentry.sdk.version", holder.path("sdk"), "version");
  }

  private static void putUser(Attributes.Builder attributes, JsonNode user) {
    put(attributes, "user.id", user, "id");
    put(attributes, "user.email", user, "email");
    put(attributes, "user.name", user, "username");
    put(attributes, "user.ip_address", user, "ip_address");
  }

  private static void put(Attributes.Builder all, String key, JsonNode holder, String field) {
    all.putIfAbsent(key, Json.text(holder, field));
  }
}
