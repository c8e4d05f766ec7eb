package io.onlooker.springai;

import static java.util.Objects.requireNonNull;

import io.micrometer.observation.ObservationRegistry;
import io.onlooker.session.AgentCall;
import io.onlooker.session.AgentOptions;
import io.onlooker.session.AgentRecorder;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.execution.ToolExecutionExceptionProcessor;

/**
 * Instruments Spring AI.
 *
 * <pre>{@code
 * ChatClient support =
 *     OnlookerSpringAi.instrumentAgent(
 *         chatClient, o -> o.apiKey(System.getenv("ONLOOKER_API_KEY")).agentName("support"));
 * }</pre>
 *
 * <p>What a client does is known from Spring AI's observations: an {@link
 * OnlookerObservationHandler} must be in the registry that models, clients and tools were built
 * with. Chat clients that nobody instruments are then recorded too, as spans.
 */
public final class OnlookerSpringAi {

  private OnlookerSpringAi() {}

  /**
   * A client that records each of its calls as a session and otherwise does what the given one
   * does: results, exceptions, order, laziness and cancellation are its own (seed 004). A stream's
   * session begins with the subscription and ends with the stream.
   *
   * <p>The session has the question and the answer, the requests to models, tools, advisors and
   * retrievals, unredacted unless {@link AgentOptions#pii} says otherwise. The conversation is the
   * one of Spring AI's chat memory, unless {@link #call}, {@link AgentCall#with} or the options say
   * otherwise.
   *
   * @throws IllegalArgumentException for an option that cannot be
   */
  public static ChatClient instrumentAgent(ChatClient client, Consumer<AgentOptions> configure) {
    requireNonNull(client, "client");
    return InstrumentedClient.of(client, AgentRecorder.open(Clients.NAME, configure));
  }

  /**
   * Says more about one call, in front of what the chat memory says:
   *
   * <pre>{@code
   * client.prompt("How can I help?")
   *     .advisors(OnlookerSpringAi.call(call -> call.userId("user-42").metadata("priority", "high")))
   *     .call();
   * }</pre>
   */
  public static Consumer<ChatClient.AdvisorSpec> call(UnaryOperator<AgentCall> say) {
    requireNonNull(say, "say");
    return spec -> spec.param(Question.SAID, say);
  }

  /**
   * Has everything recorded that is observed with the registry, with what {@link
   * io.onlooker.Onlooker#current} is then.
   *
   * @return the same registry
   */
  public static ObservationRegistry instrument(ObservationRegistry registry) {
    registry.observationConfig().observationHandler(new OnlookerObservationHandler());
    return registry;
  }

  /**
   * A model that is the given one, but for its streams: the time to their first piece is recorded
   * too. For models that are asked directly; chat clients see that with {@link OnlookerAdvisor}.
   * All else is known from the model's own observations, so there is a registry to give to it.
   *
   * <p>What is returned is a {@link ChatModel}, and no longer an {@code OpenAiChatModel} say: to be
   * used where one is asked, not to replace a bean that others want by its class.
   */
  public static ChatModel instrumentModel(ChatModel model) {
    requireNonNull(model, "model");
    return InstrumentedModel.of(model);
  }

  /**
   * A processor that says of a tool that it failed, which its observation does not, and otherwise
   * does what the given one does. An instrumented agent's tools need none.
   */
  public static ToolExecutionExceptionProcessor instrument(
      ToolExecutionExceptionProcessor processor) {
    requireNonNull(processor, "processor");
    return exception -> {
      ToolFailures.note(exception);
      return processor.process(exception);
    };
  }
}
