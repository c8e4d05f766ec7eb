package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.ErrorInfo;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import org.jspecify.annotations.Nullable;

/** Sends finished spans by OTLP; failures and moments are events of their spans. */
final class OtlpSink implements SpanSink {

  private static final int MOST_EVENTS = 128;

  private final SpanMapping mapping = new SpanMapping(AttributeNames.CURRENT, null, false);
  private final Batch spans;
  private final int maxChars;

  OtlpSink(Batch spans, int maxChars) {
    this.spans = spans;
    this.maxChars = maxChars;
  }

  @Override
  public void ended(OpenSpan span) {
    SpanData data = mapping.map(span, span.root, maxChars);
    if (data.status().code() == SpanStatus.Code.CANCELLED) {
      Attributes said = data.attributes().toBuilder().put("sentry.status", "cancelled").build();
      data = data.withAttributes(said);
    }
    spans.add(OtlpWriter.span(data, span.type));
  }

  @Override
  public void moment(@Nullable OpenSpan above, SpanSnapshot event) {
    OpenSpan span = new OpenSpan(event, above, false);
    if (above == null || above.ended || above.events.size() >= MOST_EVENTS) {
      ended(span);
    } else {
      Attributes attributes = mapping.map(span, false, maxChars).attributes();
      above.events.add(new SpanEvent(event.startNanos(), event.name(), attributes));
    }
  }

  @Override
  public void failed(OpenSpan span, ErrorInfo error) {
    Attributes.Builder attributes = Attributes.builder();
    if (error.exceptions().isEmpty()) {
      attributes.put("exception.type", error.type()).put("exception.message", error.message());
    } else {
      OtlpWriter.exception(attributes, error.exceptions().get(0));
    }
    SpanSnapshot failed = span.snapshot();
    long time = Math.max(failed.startNanos(), failed.endNanos());
    span.events.add(new SpanEvent(time, "exception", attributes.build()));
  }
}
