package io.onlooker.store;

import static io.onlooker.store.span.AgentSpans.agent;
import static io.onlooker.store.span.AgentSpans.chat;
import static io.onlooker.store.span.AgentSpans.other;
import static io.onlooker.store.span.AgentSpans.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import io.onlooker.store.span.AgentSpans;
import io.onlooker.store.span.CapturedSpans;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes when, and however the parents point: the same spans give the same sessions. */
@Timeout(60)
class SessionFoldOrderTest {

  static List<String> traceIds() {
    return CapturedSpans.traceIds();
  }

  @ParameterizedTest
  @MethodSource("traceIds")
  void capturedTrace_anyOrderAndTwice(String traceId) {
    List<SpanData> spans = CapturedSpans.trace(traceId);
    List<Session> expected = SessionFold.fold(1, spans, 0);
    Random random = new Random(7);

    for (int i = 0; i < 10; i++) {
      List<SpanData> arrived = new ArrayList<>(spans);
      arrived.addAll(spans.subList(0, random.nextInt(spans.size())));
      Collections.shuffle(arrived, random);
      for (int known = 0; known < arrived.size(); known += 5) {
        SessionFold.fold(1, arrived.subList(0, known), 0);
      }
      assertThat(SessionFold.fold(1, arrived, 0)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void randomTrace_anyParents(int seed) {
    Random random = new Random(seed);
    List<SpanData> spans = randomTrace(random, 60);
    List<Session> expected = SessionFold.fold(1, spans, 0);

    for (int i = 0; i < 50; i++) {
      Collections.shuffle(spans, random);
      assertThat(SessionFold.fold(1, spans, 0)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void parents_inACircle() {
    List<Session> sessions =
        SessionFold.fold(
            1,
            List.of(
                agent("self", "self").at(0, 9).build(),
                agent("one", "two").at(1, 9).build(),
                tool("two", "three").at(2, 9).build(),
                tool("three", "one").at(3, 9).build()),
            0);

    assertThat(sessions).extracting(Session::agentName).containsExactly("self", "one");
    assertThat(sessions.getLast().steps().total()).isEqualTo(2);
  }

  @Test
  void parent_comesLater() {
    SpanData root = agent("desk", null).at(0, 9).build();
    SpanData call = chat("one", "desk").at(1, 2).tokens(1, 1).build();

    assertThat(SessionFold.fold(1, List.of(call), 0))
        .extracting(Session::id)
        .containsExactly(call.spanId());
    assertThat(SessionFold.fold(1, List.of(call, root), 0))
        .extracting(Session::id)
        .containsExactly(root.spanId());
  }

  @Test
  void chain_fiftyThousandDeep() {
    List<SpanData> spans = new ArrayList<>();
    spans.add(agent("s0", null).at(0, 9).build());
    for (int i = 1; i < 50_000; i++) {
      String parent = "s" + (i - 1);
      AgentSpans span = i % 2 == 0 ? tool("s" + i, parent) : other("s" + i, parent, "function");
      spans.add(span.at(50_000 - i, 50_001).build());
    }

    Session session = SessionFold.fold(1, spans, 0).getFirst();

    assertThat(session.steps().total()).isEqualTo(24_999);
  }

  @Test
  void chain_ofAgents() {
    List<SpanData> spans = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      spans.add(agent("s" + i, i == 0 ? null : "s" + (i - 1)).at(i, 90_000).build());
      spans.add(
          chat("c" + i, "s" + i)
              .at(i, i + 1)
              .tokens(1, 1)
              .with("gen_ai.request.model", "m" + i)
              .build());
    }

    List<Session> sessions = SessionFold.fold(1, spans, 0);

    assertThat(sessions).hasSize(20_000);
    assertThat(sessions.getFirst().usage().inputTokens()).isEqualTo(20_000);
    assertThat(sessions.getFirst().models()).hasSize(20);
  }

  private static List<SpanData> randomTrace(Random random, int size) {
    List<SpanData> spans = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String id = "n" + i;
      String parent = random.nextInt(6) == 0 ? null : "n" + random.nextInt(size + 5);
      AgentSpans span =
          switch (random.nextInt(4)) {
            case 0 -> agent(id, parent);
            case 1 -> chat(id, parent).tokens(random.nextInt(100), random.nextInt(100));
            case 2 -> tool(id, parent);
            default -> other(id, parent, "http.client");
          };
      int start = random.nextInt(50);
      AgentSpans timed = span.at(start, start + random.nextInt(50));
      spans.add((random.nextInt(5) == 0 ? timed.failed("Boom", "it broke") : timed).build());
    }
    return spans;
  }
}
