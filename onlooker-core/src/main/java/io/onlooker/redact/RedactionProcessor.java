package io.onlooker.redact;

import static java.util.Objects.requireNonNull;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.ErrorInfo;
import io.onlooker.LogData;
import io.onlooker.Processor;
import io.onlooker.SpanEvent;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.TracingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Redacts every text of spans, log lines and errors before an exporter sees them (seed 004): names,
 * input, output, attributes, metadata, tags, statuses, the messages of whole exception chains, and
 * JSON inside texts.
 *
 * <p>Input, output and metadata leave as copies made of maps, lists, texts, numbers and booleans.
 * What was replaced is told by number attributes such as {@code onlooker.redacted.EMAIL} = 2.
 *
 * <p>Fails closed: a value that cannot be redacted, or costs more work than one item may, becomes
 * {@code [REDACTION FAILED]}; the item still goes. Safe for many threads; an item is redacted by
 * the rules of one moment.
 */
public final class RedactionProcessor implements Processor {

  /** Characters read for one item: a few tenths of a second, a thousand times the usual. */
  private static final long MOST_WORK = 64_000_000;

  private final SaltedHash hash;
  private final long mostWork;
  private final Map<String, LongAdder> totals = new ConcurrentHashMap<>();
  private volatile CompiledRules rules;

  /** Follows the rules; hashes are comparable within this process only. */
  public RedactionProcessor(RedactionRules rules) {
    this(rules, SaltedHash.randomSalt());
  }

  /**
   * Follows the rules; hashes are comparable wherever the same salt is used.
   *
   * @param salt at least 16 bytes that nobody can guess; kept in memory, never sent
   * @throws IllegalArgumentException for a shorter salt
   */
  public RedactionProcessor(RedactionRules rules, byte[] salt) {
    this(rules, salt, MOST_WORK);
  }

  RedactionProcessor(RedactionRules rules, byte[] salt, long mostWork) {
    this.hash = new SaltedHash(salt);
    this.mostWork = mostWork;
    this.rules = CompiledRules.of(rules, hash);
  }

  /** The rules in force. */
  public RedactionRules rules() {
    return rules.rules();
  }

  /** Puts other rules in force, for all items that come after. */
  public void rules(RedactionRules changed) {
    this.rules = CompiledRules.of(requireNonNull(changed, "rules"), hash);
  }

  /**
   * How many values were dropped because they could not be redacted. Rising means a bug or an
   * attack.
   */
  public long failures() {
    return counts().getOrDefault(Receipt.FAILED, 0L);
  }

  /** How much was replaced since the start, by kind; each update of a span counts again. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    totals.forEach((kind, total) -> counts.put(kind, total.sum()));
    return counts;
  }

  @Override
  public TracingEvent process(TracingEvent event) {
    ItemRedaction item = item();
    return event.withSpan(span(item, event.span()));
  }

  @Override
  public LogData process(LogData log) {
    ItemRedaction item = item();
    String body = item.safeText("body", log.body());
    Attributes attributes = attributes(item, log.attributes());
    return new LogData(log.timeNanos(), log.traceId(), log.spanId(), log.level(), body, attributes);
  }

  @Override
  public ErrorData process(ErrorData error) {
    ItemRedaction item = item();
    String message = item.safeOptionalText("message", error.message());
    List<ErrorData.ExceptionData> exceptions = exceptions(item, error.exceptions());
    List<SpanEvent> breadcrumbs = breadcrumbs(item, error.breadcrumbs());
    return new ErrorData(
        error.eventId(),
        error.timeNanos(),
        error.traceId(),
        error.spanId(),
        error.level(),
        message,
        exceptions,
        attributes(item, error.attributes()),
        breadcrumbs);
  }

  private ItemRedaction item() {
    return new ItemRedaction(rules, new Budget(mostWork));
  }

  private SpanSnapshot span(ItemRedaction item, SpanSnapshot span) {
    String name = item.safeText("name", span.name());
    String op = item.safeOptionalText("op", span.op());
    String entityId = item.safeOptionalText("entityId", span.entityId());
    String entityName = item.safeOptionalText("entityName", span.entityName());
    SpanStatus status = status(item, span.status());
    ErrorInfo error = span.error() == null ? null : error(item, span.error());
    Object input = item.safeValue("input", span.input());
    Object output = item.safeValue("output", span.output());
    Map<String, Object> metadata = metadata(item, span.metadata());
    List<String> tags = span.tags().stream().map(tag -> item.safeText("tags", tag)).toList();
    return new SpanSnapshot(
        span.traceId(),
        span.spanId(),
        span.parentSpanId(),
        span.root(),
        span.event(),
        name,
        span.type(),
        op,
        entityId,
        entityName,
        span.startNanos(),
        span.endNanos(),
        status,
        error,
        attributes(item, span.attributes()),
        input,
        output,
        metadata,
        tags);
  }

  private static SpanStatus status(ItemRedaction item, SpanStatus status) {
    String message = item.safeOptionalText("status.message", status.message());
    return new SpanStatus(status.code(), message);
  }

  private static ErrorInfo error(ItemRedaction item, ErrorInfo error) {
    return new ErrorInfo(
        item.safeText("error.type", error.type()),
        item.safeOptionalText("error.message", error.message()),
        item.safeOptionalText("error.id", error.id()),
        item.safeOptionalText("error.domain", error.domain()),
        item.safeOptionalText("error.category", error.category()),
        exceptions(item, error.exceptions()));
  }

  /** Class and file names of the frames come from the code, not from its users. */
  private static List<ErrorData.ExceptionData> exceptions(
      ItemRedaction item, List<ErrorData.ExceptionData> chain) {
    List<ErrorData.ExceptionData> redacted = new ArrayList<>(chain.size());
    for (ErrorData.ExceptionData exception : chain) {
      String type = item.safeText("error.type", exception.type());
      String value = item.safeOptionalText("error.message", exception.value());
      redacted.add(
          new ErrorData.ExceptionData(type, value, exception.handled(), exception.frames()));
    }
    return redacted;
  }

  private static List<SpanEvent> breadcrumbs(ItemRedaction item, List<SpanEvent> breadcrumbs) {
    List<SpanEvent> redacted = new ArrayList<>(breadcrumbs.size());
    for (SpanEvent each : breadcrumbs) {
      String name = item.safeText("breadcrumbs", each.name());
      Attributes attributes = item.safeAttributes(each.attributes()).build();
      redacted.add(new SpanEvent(each.timeNanos(), name, attributes));
    }
    return redacted;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> metadata(ItemRedaction item, Map<String, Object> metadata) {
    Object redacted = item.safeValue("metadata", metadata);
    if (redacted instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    return Map.of("metadata", String.valueOf(redacted));
  }

  /** Comes last for an item, as it adds the receipt. */
  private Attributes attributes(ItemRedaction item, Attributes attributes) {
    Attributes.Builder redacted = item.safeAttributes(attributes);
    item.receipt().addTo(redacted, attributes);
    item.receipt().counts().forEach(this::count);
    return redacted.build();
  }

  private void count(String kind, long number) {
    totals.computeIfAbsent(kind, any -> new LongAdder()).add(number);
  }
}
