package io.onlooker.store.query;

import io.onlooker.store.Field;
import io.onlooker.store.Field.Attribute;
import io.onlooker.store.Field.Column;
import io.onlooker.store.span.SpanCost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that a query may use, and what they stand for. */
final class Vocabulary {

  /**
   * Fields of spans. Sentry's names and the short ones of seed 002 stand for the same; every other
   * name is an attribute.
   */
  static final Vocabulary SPANS =
      new Vocabulary(true)
          .name(Column.OP, Kind.TEXT, "span.op", "op")
          .name(
              Column.NAME,
              Kind.TEXT,
              "span.name",
              "name",
              "span.description",
              "description",
              "message")
          .name(Column.STATUS, Kind.STATUS, "span.status", "status")
          .name(Column.STATUS_MESSAGE, Kind.TEXT, "span.status_message", "status_message")
          .name(Column.DURATION, Kind.DURATION, "span.duration", "duration")
          .name(Column.TIMESTAMP, Kind.TIME, "timestamp")
          .name(Column.TRACE_ID, Kind.ID, "trace", "trace_id")
          .name(Column.SPAN_ID, Kind.ID, "id", "span_id")
          .name(Column.PARENT_SPAN_ID, Kind.ID, "parent_span", "parent_span_id")
          .name(Column.SEGMENT, Kind.FLAG, "is_transaction", "is_segment")
          .name(new Attribute("transaction"), Kind.TEXT, "transaction", "sentry.segment.name")
          .name(new Attribute("release"), Kind.TEXT, "release", "sentry.release")
          .name(new Attribute("environment"), Kind.TEXT, "environment", "sentry.environment");

  /** Fields of sessions, and the scores, metrics and metadata of their roots. */
  static final Vocabulary SESSIONS =
      new Vocabulary(false)
          .withFacts()
          .name(Column.NAME, Kind.TEXT, "name")
          .name(new Attribute("status"), Kind.SESSION_STATUS, "status")
          .name(new Attribute("agent"), Kind.TEXT, "agent", "gen_ai.agent.name")
          .name(new Attribute("user.id"), Kind.TEXT, "user.id", "user")
          .name(
              new Attribute("conversation"),
              Kind.TEXT,
              "conversation",
              "conversation.id",
              "gen_ai.conversation.id")
          .name(new Attribute("trace"), Kind.ID, "trace", "trace_id")
          .name(new Attribute("id"), Kind.TEXT, "id")
          .name(new Attribute("issue"), Kind.TEXT, "issue")
          .name(new Attribute("model"), Kind.TEXT, "model", "gen_ai.request.model")
          .name(new Attribute("environment"), Kind.TEXT, "environment")
          .name(new Attribute("release"), Kind.TEXT, "release")
          .name(new Attribute("duration"), Kind.DURATION, "duration", "span.duration")
          .name(new Attribute("tokens"), Kind.NUMBER, "tokens", "gen_ai.usage.total_tokens")
          .name(new Attribute("cost"), Kind.NUMBER, "cost", SpanCost.USD)
          .name(new Attribute("steps"), Kind.NUMBER, "steps")
          .name(new Attribute("failed_steps"), Kind.NUMBER, "failed_steps");

  /** Fields of issues; there are no others. */
  static final Vocabulary ISSUES =
      new Vocabulary(false)
          .name(Column.NAME, Kind.TEXT, "message", "name")
          .name(new Attribute("state"), Kind.TEXT, "state", "status", "is")
          .name(new Attribute("regressed"), Kind.TEXT, "regressed")
          .name(new Attribute("type"), Kind.TEXT, "type", "error.type")
          .name(new Attribute("agent"), Kind.TEXT, "agent", "gen_ai.agent.name")
          .name(new Attribute("tool"), Kind.TEXT, "tool", "gen_ai.tool.name")
          .name(new Attribute("model"), Kind.TEXT, "model", "gen_ai.request.model")
          .name(new Attribute("id"), Kind.TEXT, "id")
          .name(new Attribute("release"), Kind.TEXT, "release")
          .name(new Attribute("environment"), Kind.TEXT, "environment")
          .name(new Attribute("user.id"), Kind.TEXT, "user.id", "user")
          .name(new Attribute("session"), Kind.TEXT, "session")
          .name(new Attribute("failures"), Kind.NUMBER, "failures", "events")
          .name(new Attribute("sessions"), Kind.NUMBER, "sessions")
          .name(new Attribute("users"), Kind.NUMBER, "users");

  /** Fields of log lines; every other name is an attribute. */
  static final Vocabulary LOGS =
      new Vocabulary(true)
          .name(Column.NAME, Kind.TEXT, "message", "body", "name")
          .name(new Attribute("level"), Kind.TEXT, "level")
          .name(new Attribute("severity"), Kind.NUMBER, "severity")
          .name(new Attribute("trace"), Kind.ID, "trace", "trace_id")
          .name(new Attribute("span"), Kind.ID, "span", "span_id");

  /** How names of what the root of a session says begin. */
  private static final List<String> FACTS = List.of("score.", "custom_metrics.", "metadata.");

  private static final List<String> ENDS_IN_MILLIS = List.of("duration", "latency", "_ms", ".ms");

  private static final List<String> ENDS_IN_SECONDS =
      List.of("_seconds", "time_to_first_chunk", "time_to_first_token");

  private final Map<String, NamedField> byName = new LinkedHashMap<>();
  private final List<String> firstNames = new ArrayList<>();
  private final boolean open;
  private boolean facts;

  /** Whether a name that is not listed is an attribute of that name. */
  private Vocabulary(boolean open) {
    this.open = open;
  }

  private Vocabulary withFacts() {
    facts = true;
    return this;
  }

  private boolean takes(String name) {
    return open || (facts && FACTS.stream().anyMatch(name::startsWith));
  }

  private Vocabulary name(Field field, Kind kind, String... names) {
    firstNames.add(names[0]);
    for (String name : names) {
      byName.put(name, new NamedField(name, field, kind));
    }
    return this;
  }

  /** What the name stands for, or null for nothing. */
  @Nullable NamedField field(String name) {
    NamedField listed = byName.get(name);
    return listed != null || !takes(name) ? listed : attribute(name);
  }

  /** The attribute of this very name, or null when there are none. */
  @Nullable NamedField tag(String key) {
    return takes(key) ? attribute(key) : null;
  }

  private NamedField attribute(String key) {
    NamedField listed = byName.get(key);
    Attribute attribute = new Attribute(key);
    return listed != null && listed.field().equals(attribute)
        ? listed
        : new NamedField(key, attribute, kind(key));
  }

  /** The first name listed for the field, or an attribute's key; null for nothing. */
  @Nullable NamedField nameOf(Field field) {
    for (NamedField listed : byName.values()) {
      if (listed.field().equals(field)) {
        return listed;
      }
    }
    return field instanceof Attribute(String key) ? tag(key) : null;
  }

  /** One name of each listed field. */
  List<String> firstNames() {
    return firstNames;
  }

  /** Every listed name. */
  Collection<String> names() {
    return byName.keySet();
  }

  private static Kind kind(String key) {
    if (ENDS_IN_SECONDS.stream().anyMatch(key::endsWith)) {
      return Kind.ANY_SECONDS;
    }
    return ENDS_IN_MILLIS.stream().anyMatch(key::endsWith) ? Kind.ANY_MILLIS : Kind.ANY;
  }
}
