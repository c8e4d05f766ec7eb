package io.onlooker.examples.upload;

import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.examples.web.Answer;
import io.onlooker.examples.web.Request;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/upload}: checks the upload, and puts the work into the queue. */
final class Uploads {

  private static final long MOST_BYTES = 50L * 1024 * 1024;

  private final Onlooker onlooker;
  private final MediaQueue queue;

  Uploads(Onlooker onlooker, MediaQueue queue) {
    this.onlooker = onlooker;
    this.queue = queue;
  }

  Answer answer(Request request) throws IOException {
    JsonNode upload = request.json();
    String name = upload.path("fileName").asString("");
    String type = upload.path("fileType").asString("");
    long size = upload.path("fileSize").asLong(0);
    if (name.isEmpty() || type.isEmpty() || size <= 0) {
      return Answer.error(400, "Missing required fields");
    }
    if (size > MOST_BYTES) {
      return Answer.error(400, "File too large (max 50MB)");
    }
    return onlooker.<Answer, IOException>continueTrace(
        request.headers(), () -> publish(name, type, size));
  }

  /** The worker continues the trace below this span: its headers go into the message. */
  private Answer publish(String name, String type, long size) throws IOException {
    String id = UUID.randomUUID().toString();
    SpanOptions producer =
        SpanOptions.named("queue_producer")
            .op("queue.publish")
            .attribute("messaging.message.id", id)
            .attribute("messaging.destination.name", MediaQueue.NAME)
            .attribute("messaging.message.body.size", size);
    return onlooker.<Answer, IOException>startSpan(
        producer,
        span -> {
          Map<String, String> trace = onlooker.traceData();
          queue.put(new Job(id, name, type, size, trace, System.currentTimeMillis(), 0));
          return Answer.ok(Map.of("jobId", id, "status", "accepted"));
        });
  }
}
