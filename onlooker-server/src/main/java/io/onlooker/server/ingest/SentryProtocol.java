package io.onlooker.server.ingest;

import io.onlooker.Drop;
import io.onlooker.Item;
import io.onlooker.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decodes what Sentry's SDKs send: envelopes, and the single events of the old store endpoint.
 *
 * <p>The transaction and the spans that were cut out of it arrive in one envelope; they are one
 * tree, and what the transaction says about release, environment and user holds for all of them.
 */
final class SentryProtocol {

  /** Kinds of items that clients send and we count, but do not keep. */
  private static final Set<String> NOT_KEPT =
      Set.of(
          "session",
          "sessions",
          "client_report",
          "check_in",
          "feedback",
          "user_report",
          "attachment",
          "profile",
          "profile_chunk",
          "replay_event",
          "replay_recording",
          "replay_video",
          "trace_metric",
          "statsd",
          "metric_buckets");

  private final int maxItems;

  SentryProtocol(int maxItems) {
    this.maxItems = maxItems;
  }

  /** For {@code /api/PROJECT/envelope/}. */
  Decoded envelope(byte[] body, long receivedNanos) throws Malformed {
    Envelope envelope = Envelope.read(body);
    String eventId = Ids.orNull(Json.text(envelope.header(), "event_id"), Ids.TRACE_DIGITS);
    Reading reading = new Reading(Sender.of(envelope.header()), eventId, receivedNanos);
    reading.sampleRate = SampleWeight.ofHeader(envelope.header());
    List<Envelope.Part> parts = new ArrayList<>(envelope.items());
    // The transaction first: it tells what the other items of its envelope leave out.
    parts.sort((one, other) -> rank(one) - rank(other));
    for (Envelope.Part part : parts) {
      reading.read(part);
    }
    envelope.broken().forEach(detail -> reading.drops.invalid("envelope", detail));
    ClockDrift drift = ClockDrift.of(envelope.header(), receivedNanos);
    return reading.result(drift);
  }

  /** For {@code /api/PROJECT/store/}: one event, or one transaction, without a frame. */
  Decoded store(byte[] body, long receivedNanos) throws Malformed {
    JsonNode event = Json.readObject(body, 0, body.length);
    String eventId = Ids.orNull(Json.text(event, "event_id"), Ids.TRACE_DIGITS);
    Reading reading = new Reading(Sender.of(event), eventId, receivedNanos);
    if ("transaction".equals(Json.text(event, "type"))) {
      reading.transaction(SentryTokens.read(body, 0, body.length, SentryTokens.Shape.TRANSACTION));
    } else {
      reading.event(event);
    }
    return reading.result(ClockDrift.NONE);
  }

  private static int rank(Envelope.Part part) {
    return part.type().equals("transaction") ? 0 : 1;
  }

  private final class Reading {

    private final List<Item> items = new ArrayList<>();
    private final Drops drops = new Drops();
    private final @Nullable String eventId;
    private final long receivedNanos;
    private Sender sender;
    private int ofTransactions;
    private @Nullable Double sampleRate;

    Reading(Sender sender, @Nullable String eventId, long receivedNanos) {
      this.sender = sender;
      this.eventId = eventId;
      this.receivedNanos = receivedNanos;
    }

    Decoded result(ClockDrift drift) {
      items.replaceAll(drift::shift);
      return new Decoded(items, ofTransactions, drops, eventId);
    }

    void read(Envelope.Part part) {
      String type = part.type();
      if (part.fault() != null) {
        drops.explain("item " + part.number() + ": " + part.fault());
      }
      try {
        switch (type) {
          case "transaction" -> transaction(part.tokens(SentryTokens.Shape.TRANSACTION));
          case "span" -> spans(part);
          case "event" -> event(part.json());
          case "log" -> logs(part);
          default -> drops.add(Drop.NOT_KEPT, NOT_KEPT.contains(type) ? type : "unknown");
        }
      } catch (Malformed e) {
        drops.invalid(type, part.label() + ": " + e.detail());
      }
    }

    void transaction(SentryTokens.Item transaction) throws Malformed {
      sender = sender.with(transaction.fields());
      add("transaction", SentrySpans.root(transaction.fields(), sender));
      int number = 0;
      for (SentryTokens.Span span : transaction.spans()) {
        number++;
        try {
          add("span", SentrySpans.child(span, sender));
        } catch (Malformed e) {
          drops.invalid("span", "spans[" + number + "] of the transaction: " + e.detail());
        }
      }
      ofTransactions = items.size();
    }

    void event(JsonNode event) throws Malformed {
      Sender own = sender.with(event);
      add("event", SentryErrors.read(event, own, eventId, receivedNanos));
    }

    private void spans(Envelope.Part part) throws Malformed {
      SentryTokens.Item item = part.tokens(SentryTokens.Shape.STREAMED);
      if (item.listed()) {
        each(part, item.spans(), "span", span -> SentrySpans.streamed(span, sender));
      } else {
        add("span", SentrySpans.single(item.fields(), sender));
      }
    }

    private void logs(Envelope.Part part) throws Malformed {
      each(part, part.json().path("items"), "log", log -> SentryLogs.read(log, sender));
    }

    private <T> void each(
        Envelope.Part part, Iterable<T> elements, String category, ItemReader<T> reader) {
      int number = 0;
      for (T element : elements) {
        number++;
        try {
          add(category, reader.read(element));
        } catch (Malformed e) {
          drops.invalid(
              category, part.label() + ", " + category + " " + number + ": " + e.detail());
        }
      }
    }

    private void add(String category, Item item) {
      if (items.size() < maxItems) {
        items.add(item instanceof SpanData span ? SampleWeight.withRate(span, sampleRate) : item);
      } else {
        drops.add(Drop.TOO_MANY, category);
      }
    }
  }

  @FunctionalInterface
  private interface ItemReader<T> {
    Item read(T element) throws Malformed;
  }
}
