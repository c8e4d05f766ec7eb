package io.onlooker.server.ingest;

import com.google.protobuf.Message;
import io.onlooker.server.http.Handler;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where OpenTelemetry's exporters send over HTTP; also at the paths of Sentry, Sentrial, Langfuse.
 */
final class OtlpEndpoints {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final KeyCheck keys;
  private final Compression compression;
  private final Ingest ingest;
  private final Doorway doorway;
  private final int maxItems;

  OtlpEndpoints(
      KeyCheck keys, Compression compression, Ingest ingest, Doorway doorway, int maxItems) {
    this.keys = keys;
    this.compression = compression;
    this.ingest = ingest;
    this.doorway = doorway;
    this.maxItems = maxItems;
  }

  void addTo(Routes routes) {
    for (String slash : new String[] {"", "/"}) {
      for (Signal signal : Signal.values()) {
        doorway.open(
            routes, "/v1/" + signal.path + slash, "otlp", told(ours -> plain(ours, signal)));
        doorway.open(
            routes,
            "/api/{project}/integration/otlp/v1/" + signal.path + slash,
            "otlp",
            told(ours -> atSentrysPath(ours, signal)));
      }
      for (String of : new String[] {"/api/otel", "/api/public/otel"}) {
        doorway.open(
            routes, of + "/v1/traces" + slash, "otlp", told(ours -> plain(ours, Signal.TRACES)));
      }
    }
  }

  /** What goes wrong is told as OTLP wants it: as a {@code Status}, in the request's encoding. */
  private static Handler told(Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (HttpProblem problem) {
        OtlpEncoding encoding = OtlpEncoding.of(request.header("content-type"));
        if (encoding == null) {
          throw problem;
        }
        throw problem.as(encoding.contentType(), OtlpAnswers.status(encoding, problem));
      }
    };
  }

  private Response plain(Request request, Signal signal) {
    return accept(request, signal, keys.caller(request), 200);
  }

  private Response atSentrysPath(Request request, Signal signal) {
    Caller caller = keys.caller(KeyCheck.keys(request), request.route("project"));
    return accept(request, signal, caller, 202);
  }

  private Response accept(Request request, Signal signal, Caller caller, int status) {
    OtlpEncoding encoding = encoding(request);
    byte[] body = compression.inflate(request.header("content-encoding"), request.body());
    OtlpProtocol protocol = new OtlpProtocol(encoding, maxItems);
    Ingest.Outcome outcome = ingest.accept(caller, "otlp", signal.of(protocol), body);
    byte[] answer = signal.answer(encoding, outcome.drops());
    return Doorway.told(Response.of(status, encoding.contentType(), answer), outcome);
  }

  private static OtlpEncoding encoding(Request request) {
    String type = request.header("content-type");
    OtlpEncoding encoding = OtlpEncoding.of(type);
    if (encoding == null) {
      throw new HttpProblem(
          415,
          "Unknown content type",
          "content-type: "
              + (type == null ? "none" : type)
              + " (expected: application/x-protobuf or application/json)");
    }
    return encoding;
  }

  /** The three kinds of telemetry, each with its own messages. */
  private enum Signal {
    TRACES("traces", "rejectedSpans"),
    LOGS("logs", "rejectedLogRecords"),
    METRICS("metrics", "rejectedDataPoints");

    private final String path;
    private final String rejected;

    Signal(String path, String rejected) {
      this.path = path;
      this.rejected = rejected;
    }

    Protocol of(OtlpProtocol protocol) {
      return switch (this) {
        case TRACES -> protocol::traces;
        case LOGS -> protocol::logs;
        case METRICS -> protocol::metrics;
      };
    }

    byte[] answer(OtlpEncoding encoding, Drops drops) {
      return encoding == OtlpEncoding.JSON ? json(drops) : message(drops).toByteArray();
    }

    private byte[] json(Drops drops) {
      ObjectNode json = JSON.createObjectNode();
      if (drops.faults() > 0) {
        json.putObject("partialSuccess")
            .put(rejected, Long.toString(drops.faults()))
            .put("errorMessage", OtlpAnswers.reasons(drops));
      }
      return JSON.writeValueAsBytes(json);
    }

    private Message message(Drops drops) {
      return switch (this) {
        case TRACES -> OtlpAnswers.traces(drops);
        case LOGS -> OtlpAnswers.logs(drops);
        case METRICS -> OtlpAnswers.metrics(drops);
      };
    }
  }
}
