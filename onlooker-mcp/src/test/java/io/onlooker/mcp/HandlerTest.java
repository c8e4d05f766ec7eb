package io.onlooker.mcp;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.test.SpanRecorder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Handlers as the SDK calls them, on whatever thread. */
class HandlerTest {

  private static final CallToolRequest REQUEST =
      new CallToolRequest("forecast", Map.of("city", "Seoul"));

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create();

  private static McpAsyncServerExchange exchange() {
    return new McpAsyncServerExchange(
        "session", null, null, new Implementation("planner", "2.0"), McpTransportContext.EMPTY);
  }

  private static CallToolResult call(SyncToolSpecification tool) {
    return tool.callHandler().apply(new McpSyncServerExchange(exchange()), REQUEST);
  }

  private Mono<CallToolResult> async(Mono<CallToolResult> answer) {
    AsyncToolSpecification tool =
        new AsyncToolSpecification(Tools.named("forecast"), (exchange, request) -> answer);
    return OnlookerMcp.trace(tool, recorder.onlooker()).callHandler().apply(exchange(), REQUEST);
  }

  @Test
  void answer_isTheSameObject() {
    CallToolResult answer = Tools.says("Sunny.");

    SyncToolSpecification tool =
        OnlookerMcp.trace(Tools.sync("forecast", request -> answer), recorder.onlooker());

    assertThat(call(tool)).isSameAs(answer);
    assertThat(recorder.take())
        .hasType(SpanType.MCP_TOOL_CALL)
        .hasAttribute("mcp.client.name", "planner")
        .hasInput(null)
        .hasOutput(null);
  }

  @Test
  void request_withoutATrace_isBelowTheCurrentSpan() {
    SyncToolSpecification tool =
        OnlookerMcp.trace(
            Tools.sync("forecast", request -> Tools.says("Sunny.")), recorder.onlooker());

    recorder.onlooker().startSpan(SpanOptions.named("POST /mcp"), span -> call(tool));

    assertThat(recorder.take("execute_tool forecast")).hasParent(recorder.take("POST /mcp"));
  }

  @Test
  void exception_isThrownOn() {
    RuntimeException broken = new IllegalStateException("no sky");
    SyncToolSpecification tool =
        OnlookerMcp.trace(
            Tools.sync(
                "forecast",
                request -> {
                  throw broken;
                }),
            recorder.onlooker());

    Throwable thrown = catchThrowable(() -> call(tool));
    Throwable signalled = catchThrowable(async(Mono.error(broken))::block);

    assertThat(thrown).isSameAs(broken);
    assertThat(signalled).isSameAs(broken);
    assertThat(recorder.takeAll())
        .hasSize(2)
        .allSatisfy(span ->
            assertThat(span)
                .hasError(IllegalStateException.class.getName())
                .hasAttribute(GenAi.TOOL_SUCCESS, false));
  }

  @Test
  void handler_withoutAnExchange() {
    SyncToolSpecification tool =
        OnlookerMcp.trace(
            Tools.sync("forecast", request -> Tools.says("Sunny.")), recorder.onlooker());

    assertThat(tool.callHandler().apply(null, REQUEST)).isEqualTo(Tools.says("Sunny."));
    assertThat(recorder.take()).hasAttribute(GenAi.TOOL_SUCCESS, true);
  }

  @Test
  void specification_thatIsTracedTwice() {
    SyncToolSpecification once =
        OnlookerMcp.trace(
            Tools.sync("forecast", request -> Tools.says("Sunny.")), recorder.onlooker());

    call(OnlookerMcp.trace(once, recorder.onlooker()));

    assertThat(recorder.takeAll()).hasSize(1);
  }

  @Test
  void subscription_isASpanEach() {
    Mono<CallToolResult> answer =
        async(
            Mono.fromCallable(() -> {
              Onlooker onlooker = recorder.onlooker();
              return onlooker.startSpan(SpanOptions.named("sky"), span -> Tools.says("Sunny."));
            }));

    assertThat(recorder.takeAll()).isEmpty();
    answer.block();
    answer.block();

    for (int i = 0; i < 2; i++) {
      SpanSnapshot handling = recorder.take("execute_tool forecast");
      assertThat(recorder.take("sky")).hasParent(handling);
    }
  }

  @Test
  void subscription_thatIsCancelled() {
    Disposable waiting = async(Mono.never()).subscribe();

    waiting.dispose();

    assertThat(recorder.take()).hasStatus(SpanStatus.CANCELLED);
  }

  /** What the handler itself sees of its end is what it saw before. */
  @Test
  void subscription_thatIsAnswered_isNotCancelled() {
    boolean[] cancelled = {false};

    async(Mono.just(Tools.says("Sunny.")).doOnCancel(() -> cancelled[0] = true)).block();

    assertThat(cancelled[0]).isFalse();
    assertThat(recorder.take()).hasStatus(SpanStatus.UNSET);
  }

  /** The transport has a span for the request; the handler runs within it, wherever that is. */
  @Test
  void transport_thatIsTracedToo() {
    SyncToolSpecification tool =
        OnlookerMcp.trace(
            Tools.sync(
                "forecast",
                request ->
                    recorder
                        .onlooker()
                        .startSpan(SpanOptions.named("sky"), span -> Tools.says("Sunny."))),
            recorder.onlooker());

    try (Peers peers = Peers.offering(p -> OnlookerMcp.trace(p, recorder.onlooker()), tool)) {
      assertThat(peers.call("forecast")).isEqualTo(Tools.says("Sunny."));
    }

    recorder.take("initialize");
    SpanSnapshot handling = recorder.take("tools/call forecast");
    assertThat(handling).hasOp("mcp.server");
    assertThat(recorder.take("sky")).hasParent(handling);
    assertThat(recorder.takeAll()).isEmpty();
  }
}
