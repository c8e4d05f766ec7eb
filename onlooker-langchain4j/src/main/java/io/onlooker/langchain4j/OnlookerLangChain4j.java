package io.onlooker.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.onlooker.session.AgentOptions;
import io.onlooker.session.AgentRecorder;
import java.util.function.Consumer;

/**
 * Instruments LangChain4j.
 *
 * <pre>{@code
 * Assistant assistant = AiServices.builder(Assistant.class).chatModel(model).tools(orders).build();
 * Assistant tracked =
 *     OnlookerLangChain4j.instrumentAgent(
 *         assistant, o -> o.apiKey(System.getenv("ONLOOKER_API_KEY")).agentName("support"));
 * }</pre>
 *
 * <p>AI services that nobody instruments are recorded too, as spans of the process's current
 * Onlooker, as long as there is one; see {@link OnlookerServiceContexts}.
 */
public final class OnlookerLangChain4j {

  private OnlookerLangChain4j() {}

  /**
   * An agent that records each of its calls as a session and otherwise does what the given one
   * does: results, exceptions, order, laziness and cancellation are its own (seed 004).
   *
   * <p>The session has the question and the answer, the requests to models, tools, guardrails and
   * retrievals, unredacted unless {@link AgentOptions#pii} says otherwise. A {@code @MemoryId} is
   * the conversation, a {@code @UserName} the user, unless {@link
   * io.onlooker.session.AgentCall#with} or, where the method has no such parameter, the options say
   * so. A session whose answer comes in pieces ends with the last of them.
   *
   * @param assistant an AI service, or a workflow of agents; what is a part of a workflow is not to
   *     be instrumented for itself
   * @return implements the interfaces of the given one
   * @throws IllegalArgumentException when it has no interface, or for an option that cannot be
   */
  @SuppressWarnings("unchecked") // it has the interfaces by which the given one is known
  public static <T> T instrumentAgent(T assistant, Consumer<AgentOptions> configure) {
    requireNonNull(assistant, "assistant");
    Object bare = Forwarding.bare(assistant);
    return (T) InstrumentedAgent.of(bare, name -> AgentRecorder.open(name, configure));
  }

  /**
   * A model whose calls are recorded below the span that is current where they are made, with what
   * {@link io.onlooker.Onlooker#current} is then; content as its {@code sendDefaultPii} says. AI
   * services record their models without it.
   */
  public static ChatModel instrument(ChatModel model) {
    return RecordedModel.of(requireNonNull(model, "model"));
  }

  /** As {@link #instrument(ChatModel)}. */
  public static StreamingChatModel instrument(StreamingChatModel model) {
    return RecordedStreamingModel.of(requireNonNull(model, "model"));
  }
}
