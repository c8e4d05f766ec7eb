package io.onlooker.server.ingest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.onlooker.Attributes;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads OTLP's spans from protobuf without making its messages: most of what a server of traces
 * does is this. What is rare in a span (events, links, nested values) is left to the generated
 * classes. Field numbers are those of {@code trace.proto} and {@code common.proto}.
 *
 * <p>Reads one body; not thread-safe.
 */
final class OtlpWire {

  private static final Words NAMES = new Words();
  private static final Words VALUES = new Words();

  private static final int KEY =
      KeyValue.KEY_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int VALUE =
      KeyValue.VALUE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int STRING_VALUE =
      AnyValue.STRING_VALUE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private final byte[] body;
  private String lastTrace = "";
  private String lastParent = "";

  OtlpWire(byte[] body) {
    this.body = body;
  }

  /** A message inside the body. */
  record Part(int from, int length) {}

  /** Takes the parts of a message, in the order of their fields in the bytes. */
  @FunctionalInterface
  interface Parts {
    void add(int field, Part part);
  }

  Part whole() {
    return new Part(0, body.length);
  }

  CodedInputStream open(Part part) {
    return CodedInputStream.newInstance(body, part.from(), part.length());
  }

  /** Tells the messages that a message consists of; other fields are passed over. */
  void split(Part message, Parts parts) throws IOException {
    CodedInputStream in = open(message);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        parts.add(WireFormat.getTagFieldNumber(tag), part(in, message.from()));
      } else {
        skip(in, tag);
      }
    }
  }

  OtlpSpan span(Part part) throws IOException {
    return new SpanReader(part).read();
  }

  private static Part part(CodedInputStream in, int base) throws IOException {
    int length = in.readRawVarint32();
    Part part = new Part(base + in.getTotalBytesRead(), length);
    in.skipRawBytes(length);
    return part;
  }

  private static void skip(CodedInputStream in, int tag) throws IOException {
    if (!in.skipField(tag)) {
      // The end of a group that never began.
      in.checkLastTagWas(0);
    }
  }

  /** The ids of a trace's spans and of its siblings' parent are mostly those of the span before. */
  private final class SpanReader {

    private final Part span;
    private final CodedInputStream in;
    private final Attributes.Builder attributes = Attributes.builder();
    private final List<Span.Event> events = new ArrayList<>(0);
    private final List<Span.Link> links = new ArrayList<>(0);
    private Status status = Status.getDefaultInstance();
    private String traceId = "";
    private String spanId = "";
    private String parentSpanId = "";
    private String traceState = "";
    private String name = "";
    private int flags;
    private int kind;
    private long startNanos;
    private long endNanos;

    SpanReader(Part span) {
      this.span = span;
      this.in = open(span);
    }

    OtlpSpan read() throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          bytes(WireFormat.getTagFieldNumber(tag), part(in, span.from()));
        } else {
          number(tag);
        }
      }
      lastTrace = traceId;
      lastParent = parentSpanId;
      return new OtlpSpan(
          traceId,
          spanId,
          parentSpanId,
          traceState,
          flags,
          name,
          kind,
          startNanos,
          endNanos,
          attributes,
          events,
          links,
          status);
    }

    private void number(int tag) throws IOException {
      switch (tag) {
        case Span.KIND_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT -> kind = in.readEnum();
        case Span.START_TIME_UNIX_NANO_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64 ->
            startNanos = in.readFixed64();
        case Span.END_TIME_UNIX_NANO_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64 ->
            endNanos = in.readFixed64();
        case Span.FLAGS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED32 -> flags = in.readFixed32();
        default -> skip(in, tag);
      }
    }

    private void bytes(int field, Part part) throws IOException {
      switch (field) {
        case Span.TRACE_ID_FIELD_NUMBER -> traceId = id(part, lastTrace);
        case Span.SPAN_ID_FIELD_NUMBER -> spanId = id(part, "");
        case Span.PARENT_SPAN_ID_FIELD_NUMBER -> parentSpanId = id(part, lastParent);
        case Span.TRACE_STATE_FIELD_NUMBER -> traceState = text(VALUES, part);
        case Span.NAME_FIELD_NUMBER -> name = text(NAMES, part);
        case Span.ATTRIBUTES_FIELD_NUMBER -> attribute(part);
        case Span.EVENTS_FIELD_NUMBER -> events.add(Span.Event.parseFrom(open(part)));
        case Span.LINKS_FIELD_NUMBER -> links.add(Span.Link.parseFrom(open(part)));
        case Span.STATUS_FIELD_NUMBER -> status = status.toBuilder().mergeFrom(open(part)).build();
        default -> {
          // A field of a later version.
        }
      }
    }

    private void attribute(Part pair) throws IOException {
      if (!putPlain(pair)) {
        putAny(pair);
      }
    }

    /** What nearly all are: a key and behind it a text, neither longer than a byte can say. */
    private boolean putPlain(Part pair) throws IOException {
      int key = pair.from() + 2;
      int end = pair.from() + pair.length();
      if (pair.length() < 6 || body[key - 2] != KEY || body[key - 1] < 0) {
        return false;
      }
      int value = key + body[key - 1];
      int text = value + 4;
      if (text > end || body[value] != VALUE || body[value + 2] != STRING_VALUE) {
        return false;
      }
      int length = body[text - 1];
      if (length < 0 || body[value + 1] != length + 2 || text + length != end) {
        return false;
      }
      attributes.putIfAbsent(NAMES.text(body, key, value - key), VALUES.text(body, text, length));
      return true;
    }

    private void putAny(Part pair) throws IOException {
      CodedInputStream fields = open(pair);
      String key = "";
      Part value = new Part(pair.from(), 0);
      for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
        int field = WireFormat.getTagFieldNumber(tag);
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          skip(fields, tag);
          continue;
        }
        Part part = part(fields, pair.from());
        if (field == KeyValue.KEY_FIELD_NUMBER) {
          key = text(NAMES, part);
        } else if (field == KeyValue.VALUE_FIELD_NUMBER) {
          value = part;
        }
      }
      putValue(key, value);
    }

    /** A text alone is what most values are. */
    private void putValue(String key, Part value) throws IOException {
      CodedInputStream fields = open(value);
      if (fields.readTag() == STRING_VALUE) {
        Part text = part(fields, value.from());
        if (fields.isAtEnd()) {
          attributes.putIfAbsent(key, text(VALUES, text));
          return;
        }
      }
      attributes.putIfAbsent(key, OtlpAttributes.value(AnyValue.parseFrom(open(value))));
    }

    private String text(Words words, Part part) throws IOException {
      return words.text(body, part.from(), part.length());
    }

    private String id(Part part, String last) {
      boolean same = part.length() * 2 == last.length();
      for (int i = 0; same && i < part.length(); i++) {
        int value = body[part.from() + i];
        same =
            last.charAt(2 * i) == Character.forDigit(value >> 4 & 15, 16)
                && last.charAt(2 * i + 1) == Character.forDigit(value & 15, 16);
      }
      return same ? last : HexFormat.of().formatHex(body, part.from(), part.from() + part.length());
    }
  }
}
