package io.onlooker.openai;

import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import io.onlooker.ErrorInfo;
import io.onlooker.GenAi;
import io.onlooker.Span;
import io.onlooker.instrument.Recording;
import io.onlooker.instrument.StreamedAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of a response. Its last one holds the whole response, so pieces are kept for answers
 * that break off.
 */
final class ResponseFold implements Fold {

  private final ResponsesApi api;
  private final StreamedAnswer answer = new StreamedAnswer();
  private @Nullable Response latest;
  private @Nullable ErrorInfo error;
  private boolean complete;

  ResponseFold(ResponsesApi api) {
    this.api = api;
  }

  @Override
  public boolean add(Object piece, boolean keep) {
    if (!(piece instanceof ResponseStreamEvent event)) {
      return false;
    }
    if (event.isOutputTextDelta()) {
      return text(Known.of(event.asOutputTextDelta()._delta()), keep);
    }
    if (event.isRefusalDelta()) {
      return text(Known.of(event.asRefusalDelta()._delta()), keep);
    }
    if (event.isFunctionCallArgumentsDelta()) {
      return true;
    }
    state(event);
    return false;
  }

  private boolean text(@Nullable String piece, boolean keep) {
    if (piece == null || piece.isEmpty()) {
      return false;
    }
    if (keep) {
      answer.text(0, piece);
    }
    return true;
  }

  private void state(ResponseStreamEvent event) {
    if (event.isCreated()) {
      latest = Known.of(event.asCreated()._response());
    } else if (event.isCompleted()) {
      complete(Known.of(event.asCompleted()._response()));
    } else if (event.isIncomplete()) {
      complete(Known.of(event.asIncomplete()._response()));
    } else if (event.isFailed()) {
      complete(Known.of(event.asFailed()._response()));
    } else if (event.isError()) {
      var told = event.asError();
      String code = Known.of(told._code());
      String type = code == null ? "response_failed" : code;
      error = new ErrorInfo(type, Known.of(told._message()), null, null, null, List.of());
    }
  }

  private void complete(@Nullable Response response) {
    latest = response == null ? latest : response;
    complete = response != null;
  }

  @Override
  public void write(Span span, Recording recording) {
    span.setAttribute(GenAi.RESPONSE_STREAMING, true);
    if (latest != null) {
      api.answer(latest, span, new Recording(false, recording.outputs() && complete));
    }
    if (error != null) {
      span.error(error);
    }
    List<String> texts = answer.texts();
    if (!complete && recording.outputs() && !texts.isEmpty()) {
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("role", "assistant");
      message.put("content", texts.get(0));
      Output.write(span, 1, false, () -> List.of(message));
    }
  }

  @Override
  public @Nullable String estimable() {
    boolean told = latest != null && Known.of(latest._usage()) != null;
    return told ? null : String.join("\n", answer.texts());
  }
}
