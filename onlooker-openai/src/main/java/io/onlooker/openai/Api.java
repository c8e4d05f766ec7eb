package io.onlooker.openai;

import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import org.jspecify.annotations.Nullable;

/** What a call of one of OpenAI's APIs says about itself. */
sealed interface Api permits ChatApi, ResponsesApi, EmbeddingsApi {

  /** The span of a call; null when the arguments are none that are known. */
  @Nullable SpanOptions request(
      Object[] args, boolean streamed, Server server, Recording recording);

  /** Says what a complete answer says. */
  void answer(Object answer, Span span, Recording recording);

  /** What adds up the pieces of an answer. */
  default Fold fold() {
    return Fold.NONE;
  }

  /** The arguments, asking for the usage of a stream; the same ones when they do already. */
  default Object[] askingForUsage(Object[] args) {
    return args;
  }

  /** The texts that the model reads, for an estimate. */
  default String inputText(Object[] args) {
    return "";
  }
}
