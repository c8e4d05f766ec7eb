package io.onlooker.springai;

import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/** A tool that tells its span when it throws, and otherwise is the given one. */
final class RecordedTool extends Forwarding<ToolCallback> {

  private RecordedTool(ToolCallback tool) {
    super(tool);
  }

  /** The same request, with its tools recorded. */
  static ChatClientRequest within(ChatClientRequest request) {
    ChatOptions options = request.prompt().getOptions();
    if (!(options instanceof ToolCallingChatOptions tooled)
        || tooled.getToolCallbacks() == null
        || tooled.getToolCallbacks().isEmpty()) {
      return request;
    }
    List<ToolCallback> recorded = tooled.getToolCallbacks().stream().map(RecordedTool::of).toList();
    ChatOptions changed = tooled.mutate().toolCallbacks(recorded).build();
    // The context is the same map: advisors may tell each other something in it.
    return new ChatClientRequest(
        new Prompt(request.prompt().getInstructions(), changed), request.context());
  }

  private static ToolCallback of(ToolCallback tool) {
    return proxy(ToolCallback.class, new RecordedTool(tool));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    try {
      return forward(method, args);
    } catch (Throwable thrown) {
      if (method.getName().equals("call")) {
        ToolFailures.note(thrown);
      }
      throw thrown;
    }
  }
}
