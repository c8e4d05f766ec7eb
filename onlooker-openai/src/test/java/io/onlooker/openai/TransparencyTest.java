package io.onlooker.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import io.onlooker.Onlooker;
import io.onlooker.openai.CallKind.Seen;
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
      "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",";

  private static final Map<String, List<Reply>> ANSWERS = answers();

  private static Map<String, List<Reply>> answers() {
    Map<String, List<Reply>> answers = new LinkedHashMap<>();
    answers.put("text", List.of(Reply.text("{\"id\": \"4711\"}")));
    answers.put("nothing", List.of(Reply.text("")));
    answers.put("tool", List.of(Reply.toolCall("check", "{\"id\": 1}")));
    answers.put("twice", List.of(Reply.text("Because of it.").choices(2)));
    answers.put("huge", List.of(Reply.text("x".repeat(300_000))));
    answers.put("401", List.of(Reply.error(401, "no such key")));
    answers.put("404", List.of(Reply.error(404, "no such model")));
    answers.put("429, then text", List.of(slow(429), Reply.text("late but here")));
    answers.put("500 to the end", List.of(slow(500), slow(500), slow(500)));
    answers.put("cut", List.of(Reply.text("one two three four five").cutAfter(4)));
    answers.put("cut at once", List.of(Reply.text("one two three").cutAfter(0)));
    answers.put("no JSON", List.of(Reply.raw("<html>busy</html>")));
    answers.put("empty body", List.of(Reply.raw("")));
    answers.put("broken event", List.of(Reply.raw(BEGIN + "\"choices\":[]}\n\ndata: {no\n\n")));
    answers.put("error event", List.of(Reply.raw("data: {\"error\":{\"message\":\"sorry\"}}\n\n")));
    answers.put(
        "unknown chunk",
        List.of(
            Reply.raw(
                BEGIN
                    + "\"choices\":[{\"index\":0,\"delta\":{\"novel\":[1]},\"finish_reason\":7}]}\n\n"
                    + "event: novel\ndata: {\"type\":\"novel.event\",\"x\":1}\n\ndata: [DONE]\n\n")));
    answers.put("no choices", List.of(Reply.raw(BEGIN + "\"choices\":[]}\n\ndata: [DONE]\n\n")));
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
      Onlooker onlooker = recorder.onlooker();
      ANSWERS.forEach((name, replies) -> bare.put(name, outcome(kind, replies, c -> c)));
      ANSWERS.forEach((name, replies) ->
          instrumented.put(
              name,
              outcome(
                  kind,
                  replies,
                  client ->
                      OnlookerOpenAi.instrument(
                          client,
                          options ->
                              options.onlooker(onlooker).recordInputs(true).recordOutputs(true)))));
      awaitNoneOpen(recorder);
    }

    assertThat(instrumented).containsExactlyEntriesOf(bare);
  }

  /** A cancelled call goes on in the background, as openai-java's do. */
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
      CallKind kind, List<Reply> replies, UnaryOperator<OpenAIClient> instrument) {
    CountDownLatch held = new CountDownLatch(1);
    Seen seen = new Seen(held::countDown);
    try (ScriptedModelServer server = ScriptedModelServer.start()) {
      replies.forEach(reply -> server.reply(reply.heldBy(held)));
      OpenAIClient client =
          instrument.apply(
              Clients.shared(server.uri())
                  .withOptions(options -> options.maxRetries(replies.size() - 1)));
      try {
        kind.use(client, seen);
      } catch (Exception e) {
        seen.add("thrown: " + Seen.failure(e));
      }
      held.countDown();
      boolean cancelled = kind.name().contains("CANCELLED") || kind.name().contains("NOT_READ");
      return new Outcome(
          seen.all(), cancelled ? List.of() : server.received().stream().map(Sent::of).toList());
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
