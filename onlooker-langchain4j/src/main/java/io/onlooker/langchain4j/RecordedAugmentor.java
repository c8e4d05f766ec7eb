package io.onlooker.langchain4j;

import dev.langchain4j.rag.AugmentationRequest;
import dev.langchain4j.rag.AugmentationResult;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.content.Content;
import io.onlooker.Details;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Deferred;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What adds retrieved content to a question, recorded; what it asks for is below its span. */
record RecordedAugmentor(RetrievalAugmentor augmentor) implements RetrievalAugmentor {

  static RetrievalAugmentor of(RetrievalAugmentor augmentor) {
    return augmentor instanceof RecordedAugmentor ? augmentor : new RecordedAugmentor(augmentor);
  }

  @Override
  public AugmentationResult augment(AugmentationRequest request) {
    Run run = Runs.of(request.metadata().invocationContext());
    Span span = run == null ? null : start(run, request);
    if (run == null || span == null) {
      return augmentor.augment(request);
    }
    try {
      AugmentationResult result = run.onlooker().withSpan(span, any -> augmentor.augment(request));
      run.quietly("retrieved content", () -> write(run, span, result));
      return result;
    } catch (Throwable e) {
      span.recordException(e);
      throw e;
    } finally {
      span.end();
    }
  }

  private static @Nullable Span start(Run run, AugmentationRequest request) {
    Span[] started = new Span[1];
    run.quietly(
        "start of a retrieval",
        () -> {
          SpanOptions options =
              SpanOptions.processorRun("retrieval")
                  .with(new Details.Guardrail(null, "input", null))
                  .parent(run.span());
          if (run.recording().inputs()) {
            options.input(Messages.of(request.chatMessage()));
          }
          started[0] = run.onlooker().startInactiveSpan(options);
        });
    return started[0];
  }

  private static void write(Run run, Span span, AugmentationResult result) {
    List<Content> contents = result.contents();
    if (run.recording().outputs() && contents != null) {
      span.output(Deferred.list(() -> contents.stream().map(RecordedAugmentor::shown).toList()));
    }
  }

  private static Map<String, Object> shown(Content content) {
    return Map.of(
        "text", content.textSegment().text(), "metadata", content.textSegment().metadata().toMap());
  }
}
