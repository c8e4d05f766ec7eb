package io.onlooker.server.ingest;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import io.onlooker.store.Score;
import io.onlooker.store.Score.Target;
import io.onlooker.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /api/v1/scores}: what somebody thinks of a session, a span or a trace. */
final class ScoreEndpoints {

  private static final String DIALECT = "scores";
  private static final int MOST_BYTES = 64 * 1024;
  private static final int LONGEST_WORD = 200;
  private static final int LONGEST_COMMENT = 10_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

  private final KeyCheck keys;
  private final ScoreBook book;
  private final Ingest ingest;
  private final InstantSource clock;

  ScoreEndpoints(KeyCheck keys, ScoreBook book, Ingest ingest, InstantSource clock) {
    this.keys = keys;
    this.book = book;
    this.ingest = ingest;
    this.clock = clock;
  }

  void addTo(Routes routes, Doorway doorway) {
    doorway.open(routes, "/api/v1/scores", DIALECT, this::post);
  }

  private Response post(Request request) {
    int project = keys.project(request);
    try {
      if (request.body().length > MOST_BYTES) {
        String size = request.body().length + " bytes (expected: at most " + MOST_BYTES + ")";
        throw new HttpProblem(413, "Body too large", "body: " + size);
      }
      JsonNode body = Json.readObject(request.body(), 0, request.body().length);
      return answer(score(project, new Fields(body, "")));
    } catch (Malformed e) {
      throw new HttpProblem(400, "Bad score", e.detail());
    } catch (StoreException e) {
      throw ingest.notKept(e);
    }
  }

  private Response answer(Score score) {
    boolean found = book.put(score);
    var answer = JsonMapper.shared().createObjectNode();
    answer.put("id", score.id()).put("found", found);
    return Response.json(found ? 200 : 202, answer.toString());
  }

  private Score score(int project, Fields fields) throws Malformed {
    String name = fields.required("name", "the score's name");
    if (!NAME.matcher(name).matches()) {
      throw fields.wrong(
          "name", fields.node("name"), "1 to 64 letters, digits, dots, dashes or underscores");
    }
    String id = fields.id("id");
    String comment = fields.content("comment");
    if (comment != null && comment.length() > LONGEST_COMMENT) {
      throw new Malformed(
          "comment: %d characters (expected: at most %d)"
              .formatted(comment.length(), LONGEST_COMMENT));
    }
    Instant now = clock.instant();
    return new Score(
        project,
        id == null ? UUID.randomUUID().toString() : id,
        name,
        value(fields),
        comment,
        target(fields),
        now.getEpochSecond() * 1_000_000_000L + now.getNano());
  }

  private static Object value(Fields fields) throws Malformed {
    JsonNode value = fields.node("value");
    if (value.isNumber() && Double.isFinite(value.decimalValue().doubleValue())) {
      return value.decimalValue().doubleValue();
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    boolean word = value.isString() && !value.stringValue().isBlank();
    if (word && value.stringValue().length() <= LONGEST_WORD) {
      return value.stringValue();
    }
    throw fields.wrong("value", value, "a number, true, false or a word");
  }

  private static Target target(Fields fields) throws Malformed {
    String session = fields.id("sessionId");
    String trace = fields.text("traceId");
    String span = fields.text("spanId");
    if ((session == null) == (trace == null)) {
      throw new Malformed(
          "session_id, trace_id: %s (expected: one of them)"
              .formatted(session == null ? "neither" : "both"));
    }
    if (session != null) {
      return new Target.OfSession(session);
    }
    String traceId = hex("trace_id", trace, Ids.TRACE_DIGITS);
    return span == null
        ? new Target.OfTrace(traceId)
        : new Target.OfSpan(traceId, hex("span_id", span, Ids.SPAN_DIGITS));
  }

  private static String hex(String name, @Nullable String text, int digits) throws Malformed {
    String id = Ids.orNull(text, digits);
    if (id == null) {
      throw new Malformed(
          "%s: %s (expected: %d hex digits, not all zero)".formatted(name, text, digits));
    }
    return id;
  }
}
