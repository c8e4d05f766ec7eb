package io.onlooker.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** What is read straight from the bytes is what the generated messages say. */
class OtlpTracesTest {

  private static final int MOST = 1_000;

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void traces_asTheGeneratedMessagesSay(
      @ForAll("bodies") byte[] body, @ForAll long seed, @ForAll boolean whole) throws Exception {
    byte[] sent = whole ? body : DecoderFuzzTest.damaged(body, seed);

    Decoded expected = generated(sent);

    if (expected != null) {
      Decoded decoded = new OtlpTraces(sent, MOST).decoded();
      assertThat(decoded.items()).isEqualTo(expected.items());
      assertThat(decoded.drops().counts()).isEqualTo(expected.drops().counts());
    }
  }

  @Test
  void values_ofEveryKind() throws Exception {
    Span.Builder span = span();
    span.addAttributes(pair("text", AnyValue.newBuilder().setStringValue("å😀")));
    span.addAttributes(pair("none", AnyValue.newBuilder()));
    span.addAttributes(pair("flag", AnyValue.newBuilder().setBoolValue(true)));
    span.addAttributes(pair("whole", AnyValue.newBuilder().setIntValue(-7)));
    span.addAttributes(pair("fraction", AnyValue.newBuilder().setDoubleValue(2.5)));
    span.addAttributes(pair("list", list("a", "b")));
    span.addAttributes(pair("nested", nested()));
    span.addAttributes(pair("text", AnyValue.newBuilder().setStringValue("a second one")));

    Attributes attributes = only(request(span)).attributes();

    assertThat(attributes)
        .isEqualTo(
            Attributes.builder()
                .put("text", "å😀")
                .put("flag", true)
                .put("whole", -7)
                .put("fraction", 2.5)
                .put("list", List.of("a", "b"))
                .put("nested", "{\"a\":1}")
                .put("service.name", "shop")
                .build());
  }

  @Test
  void resource_behindItsSpans() throws Exception {
    byte[] before = ResourceSpans.newBuilder().addScopeSpans(scope(span())).build().toByteArray();
    byte[] behind = ResourceSpans.newBuilder().setResource(resource()).build().toByteArray();
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(before);
    both.writeBytes(behind);
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(ResourceSpans.parseFrom(both.toByteArray()))
            .build();

    assertThat(only(request.toByteArray()).attributes().string("service.name")).isEqualTo("shop");
  }

  @Test
  void text_notUtf8() {
    byte[] body = request(span().setName("a name"));
    body[indexOf(body, (byte) 'n')] = (byte) 0xFF;

    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> new OtlpTraces(body, MOST).decoded())
        .satisfies(e -> assertThat(e.detail()).startsWith("body: not protobuf"));
  }

  @Test
  void body_cutAnywhere() {
    byte[] body = request(span().setStatus(Status.newBuilder().setMessage("oh")));

    for (int length = 1; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThatExceptionOfType(Malformed.class)
          .isThrownBy(() -> new OtlpTraces(cut, MOST).decoded());
    }
  }

  @Provide
  Arbitrary<byte[]> bodies() {
    return DecoderFuzzTest.otlp(OtlpEncoding.PROTOBUF);
  }

  /** Null when it is no such message. */
  @org.jspecify.annotations.Nullable
  private static Decoded generated(byte[] body) {
    try {
      var request = ExportTraceServiceRequest.parseFrom(body);
      OtlpProtocol protocol = new OtlpProtocol(OtlpEncoding.PROTOBUF, MOST);
      return protocol.spans(request.getResourceSpansList(), new Drops());
    } catch (InvalidProtocolBufferException _) {
      return null;
    }
  }

  private static SpanData only(byte[] body) throws Malformed {
    Decoded decoded = new OtlpTraces(body, MOST).decoded();
    assertThat(decoded.items()).hasSize(1);
    return (SpanData) decoded.items().getFirst();
  }

  private static byte[] request(Span.Builder span) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder().setResource(resource()).addScopeSpans(scope(span)))
        .build()
        .toByteArray();
  }

  private static Resource.Builder resource() {
    return Resource.newBuilder()
        .addAttributes(pair("service.name", AnyValue.newBuilder().setStringValue("shop")));
  }

  private static ScopeSpans.Builder scope(Span.Builder span) {
    return ScopeSpans.newBuilder().addSpans(span);
  }

  private static Span.Builder span() {
    return Span.newBuilder()
        .setTraceId(ByteString.fromHex("0123456789abcdef0123456789abcdef"))
        .setSpanId(ByteString.fromHex("0123456789abcdef"))
        .setStartTimeUnixNano(1)
        .setEndTimeUnixNano(2);
  }

  private static KeyValue pair(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue.Builder list(String... texts) {
    ArrayValue.Builder list = ArrayValue.newBuilder();
    for (String text : texts) {
      list.addValues(AnyValue.newBuilder().setStringValue(text));
    }
    return AnyValue.newBuilder().setArrayValue(list);
  }

  private static AnyValue.Builder nested() {
    KeyValue one = pair("a", AnyValue.newBuilder().setIntValue(1));
    return AnyValue.newBuilder().setKvlistValue(KeyValueList.newBuilder().addValues(one));
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw new IllegalArgumentException("byte: " + wanted);
  }
}
