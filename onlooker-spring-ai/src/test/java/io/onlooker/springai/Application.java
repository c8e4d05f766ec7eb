package io.onlooker.springai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import io.micrometer.observation.ObservationRegistry;
import io.onlooker.Onlooker;
import io.onlooker.test.ScriptedModelServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.setup.OpenAiSetup;
import org.springframework.ai.tool.execution.DefaultToolExecutionExceptionProcessor;
import org.springframework.ai.tool.execution.ToolExecutionExceptionProcessor;

/** An application on Spring AI, wired as Spring Boot does, before a scripted server. */
final class Application {

  final ObservationRegistry registry = ObservationRegistry.create();
  private final URI server;
  private UnaryOperator<OpenAIClient> client = any -> any;
  private UnaryOperator<OpenAIClientAsync> asyncClient = any -> any;
  private UnaryOperator<ToolExecutionExceptionProcessor> processor = any -> any;
  private Duration timeout = Duration.ofSeconds(60);

  Application(ScriptedModelServer server) {
    this(server.uri());
  }

  private Application(URI server) {
    this.server = server;
  }

  /** An application whose observations are recorded with this Onlooker. */
  static Application observed(ScriptedModelServer server, Onlooker onlooker) {
    return observed(server.uri(), onlooker);
  }

  /** The same before another server. */
  static Application observed(URI server, Onlooker onlooker) {
    Application application = new Application(server);
    application
        .registry
        .observationConfig()
        .observationHandler(new OnlookerObservationHandler(onlooker));
    return application;
  }

  Application clients(UnaryOperator<OpenAIClient> sync, UnaryOperator<OpenAIClientAsync> async) {
    client = sync;
    asyncClient = async;
    return this;
  }

  Application processor(UnaryOperator<ToolExecutionExceptionProcessor> processors) {
    processor = processors;
    return this;
  }

  Application timeout(Duration patience) {
    timeout = patience;
    return this;
  }

  OpenAiChatModel model() {
    return OpenAiChatModel.builder()
        .openAiClient(
            client.apply(
                OpenAiSetup.setupSyncClient(
                    address(),
                    "key",
                    null,
                    null,
                    null,
                    null,
                    false,
                    false,
                    "gpt-4o-mini",
                    timeout,
                    0,
                    null,
                    null,
                    registry,
                    null,
                    List.of())))
        .openAiClientAsync(
            asyncClient.apply(
                OpenAiSetup.setupAsyncClient(
                    address(),
                    "key",
                    null,
                    null,
                    null,
                    null,
                    false,
                    false,
                    "gpt-4o-mini",
                    timeout,
                    0,
                    null,
                    null,
                    registry,
                    null,
                    List.of())))
        .options(
            OpenAiChatOptions.builder()
                .model("gpt-4o-mini")
                .temperature(0.2)
                .streamUsage(true)
                .timeout(timeout)
                .build())
        .observationRegistry(registry)
        .build();
  }

  private String address() {
    return server.toString();
  }

  /** A client as Spring Boot makes it: model, tools and advisors observed. */
  ChatClient.Builder bare() {
    ToolCallingManager tools =
        ToolCallingManager.builder()
            .observationRegistry(registry)
            .toolExecutionExceptionProcessor(
                processor.apply(DefaultToolExecutionExceptionProcessor.builder().build()))
            .build();
    return ChatClient.builder(
        model(), registry, null, null, ToolCallingAdvisor.builder().toolCallingManager(tools));
  }

  /** Seed 004's customer support. */
  ChatClient.Builder support() {
    return bare()
        .defaultSystem("You are a friendly customer support agent.")
        .defaultTools(new Tools());
  }

  /** The same with a memory. */
  ChatClient.Builder supportWithMemory() {
    return support()
        .defaultAdvisors(
            MessageChatMemoryAdvisor.builder(MessageWindowChatMemory.builder().build()).build());
  }

  /** What the agent may do. */
  static final class Tools {

    @org.springframework.ai.tool.annotation.Tool(description = "Look up a customer")
    String lookupUser(String query) {
      return "USR-123 " + query;
    }

    @org.springframework.ai.tool.annotation.Tool(description = "Check order status by order ID")
    String checkOrder(String orderId) {
      if (orderId.isEmpty()) {
        throw new IllegalArgumentException("orderId: empty (expected: ORD-…)");
      }
      return orderId + " is on its way";
    }
  }
}
