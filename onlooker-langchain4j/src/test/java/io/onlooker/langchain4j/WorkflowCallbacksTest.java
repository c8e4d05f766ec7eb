package io.onlooker.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.observability.AfterAgentToolExecution;
import dev.langchain4j.agentic.observability.AgentListener;
import dev.langchain4j.agentic.observability.BeforeAgentToolExecution;
import dev.langchain4j.agentic.planner.AgenticService;
import dev.langchain4j.agentic.workflow.impl.WorkflowAgentsBuilderImpl;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import dev.langchain4j.service.tool.ToolService;
import dev.langchain4j.spi.services.AiServiceContextFactory;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an application hears of its tools in a workflow is what it hears without us. */
@Timeout(60)
class WorkflowCallbacksTest {

  private static final List<String> HEARD = new ArrayList<>();

  /** The application's, or what it finds when it adds to a context that we have made. */
  private static Supplier<ToolService> tools = RecordedToolService::new;

  private final SpanRecorder recorder = SpanRecorder.createCurrent();
  private final ScriptedModelServer server = ScriptedModelServer.start();

  @TempDir Path folder;

  @AfterEach
  void close() {
    HEARD.clear();
    tools = RecordedToolService::new;
    server.close();
    recorder.close();
  }

  /** Writes. */
  public interface Writer {
    @Agent("Writes a story")
    @UserMessage("Write about {{topic}}")
    String write(@V("topic") String topic);
  }

  /** The application's own provider, whose services have callbacks in the slots. */
  public static final class OwnContexts implements AiServiceContextFactory {

    /** For the service loader. */
    public OwnContexts() {}

    @Override
    public AiServiceContext create(Class<?> service) {
      AiServiceContext context = new OwnContext(service);
      context.toolService = tools.get();
      context.toolService.beforeToolExecution(before -> HEARD.add("own before"));
      context.toolService.afterToolExecution(after -> HEARD.add("own after"));
      return context;
    }
  }

  private static final class OwnContext extends AiServiceContext {
    OwnContext(Class<?> service) {
      super(service);
    }
  }

  /** A listener of the application's. */
  private record Listening(String name, boolean inheritedBySubagents) implements AgentListener {

    @Override
    public void beforeAgentToolExecution(BeforeAgentToolExecution before) {
      HEARD.add(name + " before");
    }

    @Override
    public void afterAgentToolExecution(AfterAgentToolExecution after) {
      HEARD.add(name + " after");
    }
  }

  private void run(AgenticService<?, ?> workflow, AgentListener... agentListeners) {
    server.reply(Reply.toolCall("lookupUser", "{\"query\": \"x\"}"), Reply.text("Once."));
    var agent =
        AgenticServices.agentBuilder(Writer.class)
            .chatModel(Models.chat(server))
            .name("writer")
            .tools(new Support.Tools());
    for (AgentListener listener : agentListeners) {
      agent.listener(listener);
    }
    workflow.subAgents(agent.build());
    ((dev.langchain4j.agentic.UntypedAgent) workflow.build()).invoke(Map.of("topic", "dragons"));
  }

  /** With the application's provider behind ours. */
  private <T> T behind(Supplier<T> body) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(AiServiceContextFactory.class.getName()), OwnContexts.class.getName());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return body.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private List<String> bare(AgentListener... agentListeners) {
    run(WorkflowAgentsBuilderImpl.INSTANCE.sequenceBuilder(), agentListeners);
    List<String> heard = List.copyOf(HEARD);
    HEARD.clear();
    recorder.takeAll();
    return heard;
  }

  @Test
  void agentsOwnListener_hearsEachOnce() {
    AgentListener own = new Listening("agent's", false);
    List<String> expected = bare(own);

    run(AgenticServices.sequenceBuilder(), own);

    assertThat(HEARD).isEqualTo(expected).containsExactly("agent's before", "agent's after");
    assertThat(recorder.takeSession().toolCalls("lookupUser")).hasSize(1);
  }

  @Test
  void inheritedListener_hearsEachOnce() {
    run(AgenticServices.sequenceBuilder().listener(new Listening("all", true)));

    assertThat(HEARD).containsExactly("all before", "all after");
    assertThat(recorder.takeSession().toolCalls("lookupUser")).hasSize(1);
  }

  @Test
  void callbacksOfAnotherProvider_stay() throws Exception {
    List<String> expected = behind(this::bare);
    HEARD.clear();

    behind(() -> {
      run(AgenticServices.sequenceBuilder());
      return "";
    });

    assertThat(HEARD).isEqualTo(expected).containsExactly("own before", "own after");
    assertThat(recorder.takeSession().tree())
        .isEqualTo(
            """
            invoke_workflow Sequential
              invoke_agent writer
                chat gpt-4o-mini
                execute_tool lookupUser
                chat gpt-4o-mini
            """);
  }

  @Test
  void toolServiceOfAnotherProvider_stays() throws Exception {
    tools = ToolService::new;
    server.reply(Reply.toolCall("lookupUser", "{\"query\": \"x\"}"), Reply.text("Once."));
    Assistant assistant =
        behind(() ->
            AiServices.builder(Assistant.class)
                .chatModel(Models.chat(server))
                .tools(new Support.Tools())
                .build());

    assertThat(assistant.chat("Who is x?")).isEqualTo("Once.");

    assertThat(HEARD).containsExactly("own before", "own after");
    assertThat(recorder.takeSession().modelCalls()).hasSize(2);
  }

  @Test
  void callbacksOfAnotherProvider_displacedByAnInheritedListener() throws Exception {
    behind(() -> {
      run(AgenticServices.sequenceBuilder().listener(new Listening("all", true)));
      return "";
    });

    assertThat(HEARD).containsExactly("all before", "all after");
    recorder.takeAll();
  }
}
