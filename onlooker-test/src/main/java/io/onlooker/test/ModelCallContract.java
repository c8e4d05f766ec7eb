package io.onlooker.test;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.instrument.ModelCall;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.ScriptedModelServer.Tokens;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every instrumented client of a model must do, whatever the library and the style of its
 * calls. Extend it once per style, say how to ask, and the cases run against a real server.
 */
@SuppressWarnings("NullAway.Init") // JUnit calls open() first
public abstract class ModelCallContract {

  protected static final String QUESTION = "Where is order 4711?";
  protected static final String ANSWER = "Order 4711 is on its way.";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ScriptedModelServer server;
  private SpanRecorder recorder;

  /** An instrumented client, asked in one style. */
  public interface Model extends AutoCloseable {

    /**
     * Asks the model {@code gpt-4o} and reads its answer to the end; a tool call's text is empty.
     */
    String ask(String question) throws Exception;

    /** Asks, reads a piece of the answer and closes it; for styles that stream. */
    default void askAndLeave(String question) throws Exception {
      throw new UnsupportedOperationException("does not stream");
    }

    @Override
    void close();
  }

  /**
   * Opens a client of the server that retries at least once.
   *
   * @param content whether questions and answers are recorded
   */
  protected abstract Model open(Onlooker onlooker, URI server, boolean content);

  /** The provider as spans name it. */
  protected abstract String provider();

  /** Whether answers come in pieces. */
  protected boolean streams() {
    return false;
  }

  /** Whether a connection that breaks within an answer makes {@link Model#ask} throw. */
  protected boolean noticesCuts() {
    return true;
  }

  /**
   * Whether a stream begins with the count of its input's tokens, which then is known however it
   * ends.
   */
  protected boolean countsInputFirst() {
    return false;
  }

  @BeforeEach
  void open() {
    server = ScriptedModelServer.start();
    recorder = SpanRecorder.create();
  }

  @AfterEach
  void close() {
    server.close();
    recorder.close();
  }

  private String ask(boolean content) throws Exception {
    try (Model model = open(recorder.onlooker(), server.uri(), content)) {
      return model.ask(QUESTION);
    }
  }

  private SpanSnapshot takeOne() {
    List<SpanSnapshot> spans = take(1);
    assertThat(spans).hasSize(1);
    return spans.get(0);
  }

  /** The end of a call may come a moment after its future: waits for so many spans. */
  private List<SpanSnapshot> take(int count) {
    List<SpanSnapshot> spans = new ArrayList<>(recorder.takeAll());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (spans.size() < count && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
      spans.addAll(recorder.takeAll());
    }
    return spans;
  }

  @Test
  void call_isOneSpan() throws Exception {
    server.reply(Reply.text(ANSWER).tokens(new Tokens(100, 40, 60, 30)));

    String answer = ask(false);

    assertThat(answer).isEqualTo(ANSWER);
    SpanSnapshot span = takeOne();
    assertThat(span)
        .hasName("chat gpt-4o")
        .hasType(SpanType.MODEL_GENERATION)
        .isRoot()
        .hasAttribute(GenAi.OPERATION_NAME, "chat")
        .hasAttribute(GenAi.PROVIDER_NAME, provider())
        .hasAttribute(GenAi.REQUEST_MODEL, "gpt-4o")
        .hasAttribute(GenAi.RESPONSE_MODEL, "gpt-4o")
        .hasAttribute(GenAi.SERVER_ADDRESS, "127.0.0.1")
        .hasAttribute(GenAi.SERVER_PORT, server.uri().getPort())
        .hasNoAttribute(ModelCall.RESEND_COUNT)
        .hasNoAttribute(ModelCall.CLOSED_EARLY);
    assertThat(span.error()).isNull();
    assertThat(span.attributes().get(GenAi.RESPONSE_ID)).isNotNull();
    assertThat(span.attributes().get(GenAi.RESPONSE_FINISH_REASONS)).isNotNull();
  }

  @Test
  void tokens_areTheProviders() throws Exception {
    server.reply(Reply.text(ANSWER).tokens(new Tokens(100, 40, 60, 30)));

    ask(false);

    assertThat(takeOne())
        .hasAttribute(GenAi.USAGE_INPUT_TOKENS, 100)
        .hasAttribute(GenAi.USAGE_OUTPUT_TOKENS, 40)
        .hasAttribute(GenAi.USAGE_TOTAL_TOKENS, 140)
        .hasAttribute(GenAi.USAGE_CACHE_READ, 60)
        .hasAttribute(GenAi.USAGE_REASONING, 30);
  }

  @Test
  void parent_isTheCallersCurrentSpan() throws Exception {
    server.reply(Reply.text(ANSWER));

    recorder
        .onlooker()
        .<String, Exception>startSpan(SpanOptions.agentRun("support"), run -> ask(false));

    List<SpanSnapshot> spans = take(2);
    assertThat(spans).hasSize(2);
    SpanSnapshot run = only(spans, SpanType.AGENT_RUN);
    assertThat(only(spans, SpanType.MODEL_GENERATION)).hasParent(run);
  }

  /** Many callers share one client; each call hangs below its own caller. */
  @Test
  void parents_ofManyThreads() throws Exception {
    int callers = 16;
    server.when(body -> true, Reply.text(ANSWER));
    ExecutorService threads = manyThreads();
    try (Model model = open(recorder.onlooker(), server.uri(), false)) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        SpanOptions run = SpanOptions.agentRun("support " + i);
        answers.add(
            threads.submit(() ->
                recorder
                    .onlooker()
                    .<String, Exception>startSpan(run, span -> model.ask(QUESTION))));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo(ANSWER);
      }
    } finally {
      threads.shutdown();
    }

    List<SpanSnapshot> spans = take(2 * callers);
    List<String> runs = ids(spans, SpanType.AGENT_RUN, SpanSnapshot::spanId);
    List<String> parents =
        ids(spans, SpanType.MODEL_GENERATION, span -> String.valueOf(span.parentSpanId()));
    assertThat(parents).hasSize(callers).containsExactlyInAnyOrderElementsOf(runs);
  }

  @Test
  void generation_inProgressAlready() throws Exception {
    server.reply(Reply.text(ANSWER));

    recorder
        .onlooker()
        .<String, Exception>startSpan(
            SpanOptions.modelGeneration("gpt-4o", provider()), span -> ask(true));

    assertThat(take(1)).hasSize(1);
  }

  @Test
  void tool_isAskedFor() throws Exception {
    server.reply(Reply.toolCall("check-order", "{\"id\": \"4711\"}"));

    ask(true);

    SpanSnapshot span = takeOne();
    assertThat(span.attributes().string(GenAi.RESPONSE_TOOL_CALLS))
        .contains("check-order", "4711")
        .startsWith("[{");
    assertThat(span.output()).asString().contains("check-order");
  }

  @Test
  void error_isRethrown() throws Exception {
    server.reply(Reply.error(401, "no such key"));

    Throwable thrown = catchThrowable(() -> ask(true));

    assertThat(thrown).isNotNull();
    Throwable cause = cause(thrown);
    SpanSnapshot span = takeOne();
    assertThat(span).hasStatus(SpanStatus.Code.ERROR).hasError(cause.getClass().getName());
    assertThat(span.status().message()).isEqualTo(cause.getMessage()).contains("no such key");
    assertThat(span).hasNoAttribute(GenAi.USAGE_INPUT_TOKENS);
  }

  @Test
  void attempts_areOneSpan() throws Exception {
    server.reply(Reply.error(429, "slow down").header("Retry-After-Ms", "1"), Reply.text(ANSWER));

    assertThat(ask(false)).isEqualTo(ANSWER);

    assertThat(server.requests()).hasSize(2);
    SpanSnapshot span = takeOne();
    assertThat(span).hasAttribute(ModelCall.RESEND_COUNT, 1);
    assertThat(span.error()).isNull();
  }

  @Test
  void connection_breaks() {
    assumeTrue(streams() && noticesCuts());
    server.reply(Reply.text(ANSWER).cutAfter(4));

    Throwable thrown = catchThrowable(() -> ask(true));

    assertThat(thrown).isNotNull();
    SpanSnapshot span = takeOne();
    assertThat(span).hasStatus(SpanStatus.Code.ERROR).hasAttribute(GenAi.RESPONSE_MODEL, "gpt-4o");
    hasTokensOfInputOnly(span);
    assertThat(span.output()).asString().contains("Order");
  }

  @Test
  void stream_isLeft() throws Exception {
    assumeTrue(streams());
    server.reply(Reply.text(ANSWER));

    try (Model model = open(recorder.onlooker(), server.uri(), true)) {
      model.askAndLeave(QUESTION);

      SpanSnapshot span = takeOne();
      assertThat(span).hasAttribute(ModelCall.CLOSED_EARLY, true);
      hasTokensOfInputOnly(span);
    }
  }

  private void hasTokensOfInputOnly(SpanSnapshot span) {
    Integer input = countsInputFirst() ? 12 : null;
    Double told = span.attributes().number(GenAi.USAGE_INPUT_TOKENS);
    assertThat(told == null ? null : told.intValue()).isEqualTo(input);
    assertThat(span)
        .hasNoAttribute(GenAi.USAGE_OUTPUT_TOKENS)
        .hasNoAttribute(GenAi.USAGE_TOTAL_TOKENS);
  }

  @Test
  void stream_isTimed() throws Exception {
    assumeTrue(streams());
    server.reply(Reply.text(ANSWER));

    ask(false);

    SpanSnapshot span = takeOne();
    assertThat(span).hasAttribute(GenAi.REQUEST_STREAM, true);
    assertThat(span).hasAttribute(GenAi.RESPONSE_STREAMING, true);
    assertThat(span.attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isPositive();
  }

  @Test
  void content_on() throws Exception {
    server.reply(Reply.text(ANSWER));

    ask(true);

    SpanSnapshot span = takeOne();
    assertThat(span.input()).asString().contains(QUESTION);
    assertThat(span.output()).asString().contains(ANSWER);
  }

  @Test
  void content_off() throws Exception {
    server.reply(Reply.text(ANSWER), Reply.toolCall("check-order", "{\"id\":\"4711\"}"));

    ask(false);
    ask(false);

    List<SpanSnapshot> spans = take(2);
    assertThat(spans).hasSize(2);
    assertThat(spans.toString()).doesNotContain("4711", "check-order");
  }

  @Test
  void onlooker_isClosed() throws Exception {
    server.reply(Reply.text(ANSWER));
    recorder.onlooker().close();

    assertThat(ask(true)).isEqualTo(ANSWER);
  }

  private static SpanSnapshot only(List<SpanSnapshot> spans, SpanType type) {
    List<SpanSnapshot> found = spans.stream().filter(span -> span.type() == type).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<String> ids(
      List<SpanSnapshot> spans,
      SpanType type,
      java.util.function.Function<SpanSnapshot, String> id) {
    return spans.stream().filter(span -> span.type() == type).map(id).collect(Collectors.toList());
  }

  private static Throwable cause(Throwable thrown) {
    boolean wrapped = thrown instanceof ExecutionException || thrown instanceof CompletionException;
    Throwable cause = thrown.getCause();
    return wrapped && cause != null ? cause : thrown;
  }

  /** Virtual threads where the JVM has them. */
  private static ExecutorService manyThreads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      return Executors.newFixedThreadPool(8);
    }
  }
}
