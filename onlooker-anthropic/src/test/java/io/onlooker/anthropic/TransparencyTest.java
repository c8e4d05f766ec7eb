package io.onlooker.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.ScriptedModelServer.Request;
import io.onlooker.test.SpanRecorder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An instrumented client does what a bare one does: every kind of call, against every kind of
 * answer, with the same requests, results, exceptions and threads; and it leaves no span open.
 */
class TransparencyTest {

  private static final String BEGIN =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant",\
      "model":"c","content":[],"stop_reason":null,"stop_sequence":null,\
      "usage":{"input_tokens":1,"output_tokens":1}}}

      """;

  private static final Map<String, List<Reply>> ANSWERS = answers();

  private static Map<String, List<Reply>> answers() {
    Map<String, List<Reply>> answers = new LinkedHashMap<>();
    answers.put("text", List.of(Reply.text("{\"id\": \"4711\"}")));
    answers.put("nothing", List.of(Reply.text("")));
    answers.put("tool", List.of(Reply.toolCall("check", "{\"id\": 1}"), Reply.text("Done.")));
    answers.put("huge", List.of(Reply.text("x".repeat(300_000))));
    answers.put("401", List.of(Reply.error(401, "no such key")));
    answers.put("404", List.of(Reply.error(404, "no such model")));
    answers.put("429, then text", List.of(slow(429), Reply.text("late but here")));
    answers.put("500 to the end", List.of(slow(500), slow(500), slow(500)));
    answers.put("529, then cut", List.of(slow(529), Reply.text("one two three").cutAfter(4)));
    answers.put("cut", List.of(Reply.text("one two three four five").cutAfter(4)));
    answers.put("no JSON", List.of(Reply.raw("<html>busy</html>")));
    answers.put("empty body", List.of(Reply.raw("")));
    answers.put("broken event", List.of(Reply.raw(BEGIN + "data: {no\n\n")));
    answers.put(
        "error event",
        List.of(
            Reply.raw(
                BEGIN
                    + "event: error\ndata: {\"type\":\"error\",\"error\":"
                    + "{\"type\":\"overloaded_error\",\"message\":\"busy\"}}\n\n")));
    answers.put(
        "unknown event",
        List.of(
            Reply.raw(
                BEGIN
                    + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\","
                    + "\"index\":7,\"delta\":{\"type\":\"novel_delta\",\"novel\":[1]}}\n\n"
                    + "event: novel\ndata: {\"type\":\"novel\",\"x\":1}\n\n")));
    return answers;
  }

  private static Reply slow(int status) {
    return Reply.error(status, "slow down").header("Retry-After-Ms", "1");
  }

  @ParameterizedTest
  @EnumSource
  void client_doesWhatABareOneDoes(CallKind kind) {
    Map<String, Outcome> bare = new LinkedHashMap<>();
    Map<String, Outcome> instrumented = new LinkedHashMap<>();

    try (SpanRecorder recorder = SpanRecorder.create()) {
      UnaryOperator<AnthropicClient> instrument =
          client ->
              OnlookerAnthropic.instrument(
                  client,
                  options ->
                      options.onlooker(recorder.onlooker()).recordInputs(true).recordOutputs(true));
      ANSWERS.forEach((name, replies) -> bare.put(name, outcome(kind, replies, c -> c)));
      ANSWERS.forEach(
          (name, replies) -> instrumented.put(name, outcome(kind, replies, instrument)));
      awaitNoneOpen(recorder);
    }

    assertThat(instrumented).containsExactlyEntriesOf(bare);
  }

  /** A cancelled call goes on in the background, as anthropic-java's do. */
  private static void awaitNoneOpen(SpanRecorder recorder) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    AssertionError left = null;
    while (System.nanoTime() - deadline < 0) {
      recorder.takeAll();
      try {
        recorder.verifyNothingLeft();
        return;
      } catch (AssertionError e) {
        left = e;
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
    }
    throw left == null ? new AssertionError("no time") : left;
  }

  private static Outcome outcome(
      CallKind kind, List<Reply> replies, UnaryOperator<AnthropicClient> instrument) {
    CountDownLatch held = new CountDownLatch(1);
    Seen seen = new Seen(held::countDown);
    try (ScriptedModelServer server = ScriptedModelServer.start()) {
      // A script's own end would be an error that is tried again after a while.
      replies.forEach(reply -> server.reply(reply.heldBy(held)));
      server.reply(Reply.error(400, "end"), Reply.error(400, "end"), Reply.error(400, "end"));
      AnthropicClient client = instrument.apply(Clients.open(server));
      try {
        kind.use(client, seen);
      } catch (Exception e) {
        seen.add("thrown: " + Seen.failure(e));
      }
      held.countDown();
      client.close();
      return new Outcome(
          seen.all(), kind.races() ? List.of() : server.received().stream().map(Sent::of).toList());
    }
  }

  /** What the caller saw, and what the server got. */
  private record Outcome(List<String> seen, List<Sent> sent) {}

  private record Sent(String method, String path, Map<String, String> headers, String body) {

    static Sent of(Request request) {
      Map<String, String> headers = new TreeMap<>(request.headers());
      headers.remove("host");
      return new Sent(request.method(), request.path(), headers, request.body());
    }
  }
}
