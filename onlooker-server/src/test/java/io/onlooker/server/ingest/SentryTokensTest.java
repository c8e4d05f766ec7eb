package io.onlooker.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentryTokensTest {

  private static final String TRACE = "'trace_id':'0123456789abcdef0123456789abcdef'";
  private static final String TIMES = "'start_timestamp':1763600000.5,'timestamp':1763600001";
  private static final String ROOT =
      "'contexts':{'trace':{%s,'span_id':'1111111111111111'}},%s".formatted(TRACE, TIMES);

  @Test
  void transaction_spansBeforeWhatHoldsForThem() throws Malformed {
    String spans = "'spans':[%s,%s]".formatted(span(2, "'a':1"), span(3, "'b':'x'"));

    List<SpanData> read = spans(transaction("%s,'release':'r1',%s".formatted(spans, ROOT)));

    assertThat(read).extracting(SpanData::spanId).startsWith("1111111111111111");
    assertThat(read.get(1).attributes().toMap()).containsAllEntriesOf(Map.of("a", 1L));
    assertThat(read).allMatch(span -> "r1".equals(span.attributes().string("release")));
    assertThat(read).extracting(SpanData::startNanos).containsOnly(1_763_600_000_500_000_000L);
  }

  @Test
  void transaction_spansInAnObject() throws Malformed {
    String spans = "'spans':{'0':%s,'7':%s}".formatted(span(2, ""), span(3, ""));

    assertThat(spans(transaction(ROOT + "," + spans))).hasSize(3);
  }

  @Test
  void transaction_spansThatAreNone() throws Malformed {
    String spans = "'spans':[5,'x',null,[1],%s]".formatted(span(2, ""));

    Decoded decoded = decoded(transaction(ROOT + "," + spans));

    assertThat(decoded.items()).hasSize(2);
    assertThat(decoded.drops().faults()).isEqualTo(4);
    assertThat(decoded.drops().details().getFirst()).startsWith("spans[1] of the transaction: ");
  }

  @Test
  void transaction_brokenBehindItsSpans() throws Malformed {
    String spans = "'spans':[%s],".formatted(span(2, ""));

    Decoded decoded = decoded(transaction(ROOT + "," + spans + "'tags':{"));

    assertThat(decoded.items()).isEmpty();
    assertThat(decoded.drops().details().getFirst()).startsWith("item 1 (transaction): not JSON");
  }

  @Test
  void transaction_dataTwice() throws Malformed {
    String span =
        "{'trace_id':'f','data':{'a':1,'b':1},%s,'span_id':'2222222222222222',%s,'data':{'a':2}}"
            .formatted(TRACE, TIMES);

    SpanData read = spans(transaction(ROOT + ",'spans':[" + span + "]")).getLast();

    assertThat(read.traceId()).isEqualTo("0123456789abcdef0123456789abcdef");
    assertThat(read.attributes()).isEqualTo(Attributes.of(Map.of("a", 2)));
  }

  @Test
  void streamed_values() throws Malformed {
    String attributes =
        "'whole':{'type':'integer','value':'12'},'behind':{'value':7,'unit':{'a':[1]},'type':'string'},"
            + "'bare':5,'list':{'type':'array','value':['a',[1]]},'nothing':{'type':'string'},"
            + "'object':{'type':'object','value':{'a':1.50}},'flag':{'value':true}";

    SpanData read = spans(streamed(attributes)).getFirst();

    assertThat(read.attributes().toMap())
        .isEqualTo(
            Map.of(
                "whole",
                12L,
                "behind",
                "7",
                "list",
                List.of("a", "[1]"),
                "object",
                "{\"a\":1.50}",
                "flag",
                true));
  }

  @ParameterizedTest
  @CsvSource({"'', empty (expected: JSON)", "[], JSON array", "{} {}, more behind", "{, not JSON"})
  void item_thatIsNoObject(String item, String why) throws Malformed {
    byte[] envelope = "{}\n{\"type\":\"span\"}\n%s\n".formatted(item).getBytes(UTF_8);

    Decoded decoded = new SentryProtocol(100).envelope(envelope, 0);

    assertThat(decoded.items()).isEmpty();
    assertThat(decoded.drops().details().getFirst()).contains(why);
  }

  private static String span(int id, String data) {
    return "{'span_id':'%016d',%s,%s,'data':{%s}}".formatted(id, TRACE, TIMES, data);
  }

  private static String transaction(String fields) {
    return "{'type':'transaction'}\n{" + fields + "}";
  }

  private static String streamed(String attributes) {
    return "{'type':'span'}\n{'items':[{'span_id':'2222222222222222',%s,%s,'attributes':{%s}}]}"
        .formatted(TRACE, TIMES, attributes);
  }

  private static Decoded decoded(String item) throws Malformed {
    byte[] envelope = ("{}\n" + item + "\n").replace('\'', '"').getBytes(UTF_8);
    return new SentryProtocol(100).envelope(envelope, 0);
  }

  private static List<SpanData> spans(String item) throws Malformed {
    Decoded decoded = decoded(item);
    assertThat(decoded.drops().total()).isZero();
    return decoded.items().stream().map(SpanData.class::cast).toList();
  }
}
