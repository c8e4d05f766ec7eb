package io.onlooker.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.BeforeToolExecution;
import dev.langchain4j.service.tool.ToolExecution;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.ToolService;
import dev.langchain4j.service.tool.ToolServiceContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands each call of an AI service its tools with a recorder around each: only there are the tool's
 * own thread, times and exception known. The slots for callbacks stay the application's.
 */
final class RecordedToolService extends ToolService {

  private final CallbackSlot<BeforeToolExecution> before = new CallbackSlot<>();
  private final CallbackSlot<ToolExecution> after = new CallbackSlot<>();

  @Override
  public void beforeToolExecution(Consumer<BeforeToolExecution> callback) {
    super.beforeToolExecution(before.put(callback));
  }

  @Override
  public void afterToolExecution(Consumer<ToolExecution> callback) {
    super.afterToolExecution(after.put(callback));
  }

  @Override
  public ToolServiceContext createContext(
      InvocationContext invocation, UserMessage message, List<ChatMessage> messages) {
    ToolServiceContext context = super.createContext(invocation, message, messages);
    Run run = Runs.of(invocation);
    boolean none = context.toolExecutors().isEmpty() && context.dynamicToolProviders().isEmpty();
    return run == null || none ? context : recorded(context, run);
  }

  private static ToolServiceContext recorded(ToolServiceContext context, Run run) {
    Map<String, ToolExecutor> executors = new LinkedHashMap<>();
    context
        .toolExecutors()
        .forEach((name, executor) -> executors.put(name, RecordedTool.of(executor, run)));
    List<ToolProvider> dynamic =
        context.dynamicToolProviders().stream()
            .map(provider -> (ToolProvider) new RecordedProvider(provider, run))
            .toList();
    return context.toBuilder().toolExecutors(executors).dynamicToolProviders(dynamic).build();
  }

  /** Tools that are offered only in the course of a call. */
  private record RecordedProvider(ToolProvider provider, Run run) implements ToolProvider {

    @Override
    public @Nullable ToolProviderResult provideTools(ToolProviderRequest request) {
      ToolProviderResult result = provider.provideTools(request);
      if (result == null) {
        return null;
      }
      return ToolProviderResult.builder()
          .addAll(result.aiServiceTools().stream().map(this::recorded).toList())
          .build();
    }

    private AiServiceTool recorded(AiServiceTool tool) {
      return AiServiceTool.builder()
          .toolSpecification(tool.toolSpecification())
          .toolExecutor(RecordedTool.of(tool.toolExecutor(), run))
          .returnBehavior(tool.returnBehavior())
          .build();
    }

    @Override
    public boolean isDynamic() {
      return provider.isDynamic();
    }
  }
}
