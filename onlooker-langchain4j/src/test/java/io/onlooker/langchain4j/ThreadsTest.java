package io.onlooker.langchain4j;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanType;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work that LangChain4j spreads over threads, platform's and virtual ones. */
class ThreadsTest {

  private final SpanRecorder recorder = SpanRecorder.createCurrent();
  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
    recorder.close();
  }

  /** Tells a fortune. */
  public interface Astrologer {
    @Agent(value = "Tells a fortune", outputKey = "fortune")
    @UserMessage("The fortune of {{person}}")
    String fortune(@V("person") String person);
  }

  /** By name: the tests are compiled for Java 17. */
  private static ExecutorService threads(boolean virtual) throws Exception {
    if (!virtual) {
      return Executors.newCachedThreadPool();
    }
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads");
    Method make = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
    return (ExecutorService) make.invoke(null);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tools_atOnce(boolean virtual) throws Exception {
    server.reply(Reply.raw(Seed004Test.TWO_TOOLS), Reply.text("Both."));
    ExecutorService threads = threads(virtual);
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(Models.chat(server))
            .tools(new Support.Tools())
            .executeToolsConcurrently(threads)
            .build();

    assertThat(assistant.chat("Where are ORD-1 and ORD-2?")).isEqualTo("Both.");

    threads.shutdown();
    RecordedSession session = recorder.takeSession();
    assertThat(session.toolCalls("checkOrder"))
        .hasSize(2)
        .allSatisfy(tool -> assertThat(tool).hasParent(session.root()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mapper_oneAgentAtOnce(boolean virtual) throws Exception {
    server.when(body -> true, Reply.text("Good."));
    ExecutorService threads = threads(virtual);
    UntypedAgent mapper =
        AgenticServices.parallelMapperBuilder()
            .name("all")
            .subAgents(
                AgenticServices.agentBuilder(Astrologer.class)
                    .chatModel(Models.chat(server))
                    .build())
            .itemsProvider("persons")
            .executor(threads)
            .build();

    assertThat(mapper.invoke(Map.of("persons", List.of("Mario", "Luigi", "Peach"))))
        .isEqualTo(List.of("Good.", "Good.", "Good."));

    threads.shutdown();
    RecordedSession session = recorder.takeSession();
    assertThat(session.root()).hasType(SpanType.WORKFLOW_PARALLEL);
    List<SpanSnapshot> agents = session.children(session.root());
    assertThat(agents)
        .hasSize(3)
        .allSatisfy(agent -> {
          assertThat(agent).hasType(SpanType.AGENT_RUN);
          assertThat(session.children(agent)).hasSize(1);
        });
  }
}
