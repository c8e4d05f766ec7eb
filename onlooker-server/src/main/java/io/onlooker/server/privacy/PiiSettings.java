package io.onlooker.server.privacy;

import io.onlooker.redact.Finding;
import io.onlooker.redact.RedactedText;
import io.onlooker.redact.RedactionRules;
import io.onlooker.redact.Redactor;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v1/pii}: a project's rules, what leaked in spite of them, and a dry run. */
public final class PiiSettings {

  private static final int LONGEST_TEXT = 1_000_000;

  /** UTF-8 and JSON escapes make of one character six bytes at most. */
  private static final int MOST_BYTES = 6 * LONGEST_TEXT + 512 * 1024;

  private final PiiPolicies policies;
  private final LeakSentinel sentinel;
  private final ToIntFunction<Request> readable;
  private final ToIntFunction<Request> administered;

  /**
   * @param readable whose rules a request may read; throws {@link HttpProblem} for none
   * @param administered whose rules it may change, likewise
   */
  public PiiSettings(
      PiiPolicies policies,
      LeakSentinel sentinel,
      ToIntFunction<Request> readable,
      ToIntFunction<Request> administered) {
    this.policies = policies;
    this.sentinel = sentinel;
    this.readable = readable;
    this.administered = administered;
  }

  public void addTo(Routes routes) {
    routes
        .get("/api/v1/pii", this::show)
        .on("PUT", "/api/v1/pii", this::change)
        .post("/api/v1/pii/test", this::test);
  }

  private Response show(Request request) {
    int project = readable.applyAsInt(request);
    return shown(project, policies.of(project));
  }

  private Response change(Request request) {
    int project = administered.applyAsInt(request);
    PiiPolicy policy = PiiJson.policy(request.body());
    String match = request.header("if-match");
    Long expected = match == null || match.strip().equals("*") ? null : version(match);
    if (!policies.put(project, policy, expected)) {
      throw changed(match, policies.of(project));
    }
    return shown(project, policies.of(project));
  }

  private Response test(Request request) {
    int project = readable.applyAsInt(request);
    ObjectNode body = PiiJson.object(request.body(), MOST_BYTES);
    JsonNode text = body.path("text");
    if (!text.isString()) {
      throw new HttpProblem(
          400, "Bad body", "text: " + text.getNodeType() + " (expected: the text to redact)");
    }
    int length = text.stringValue().length();
    if (length > LONGEST_TEXT) {
      throw new HttpProblem(
          413,
          "Text too long",
          "text: " + length + " characters (expected: at most " + LONGEST_TEXT + ")");
    }
    JsonNode own = body.path("rules");
    RedactionRules rules = own.isMissingNode() ? policies.of(project).rules() : PiiJson.rules(own);
    return answer(Redactor.of(rules).redact(text.stringValue()));
  }

  private static Response answer(RedactedText redacted) {
    ObjectNode answer = PiiJson.JSON.createObjectNode().put("text", redacted.text());
    ArrayNode findings = answer.putArray("findings");
    for (Finding finding : redacted.findings()) {
      findings
          .addObject()
          .put("kind", finding.kind())
          .put("start", finding.start())
          .put("end", finding.end());
    }
    return Response.json(200, answer.toString());
  }

  private Response shown(int project, PiiPolicy policy) {
    ObjectNode answer = PiiJson.of(policy);
    ObjectNode leaks = answer.putObject("leaks");
    sentinel.leaks(project).forEach(leaks::put);
    leaks.put("scanned", sentinel.scanned(project));
    return Response.json(200, answer.toString())
        .with("etag", '"' + policy.version() + '"')
        .with("cache-control", "no-cache");
  }

  /** A version that never was when the tag is none of ours. */
  private static Long version(String tag) {
    String bare = tag.strip();
    String digits = bare.substring(bare.startsWith("W/") ? 2 : 0).replace("\"", "");
    return digits.matches("[0-9]{1,18}") ? (Long) Long.parseLong(digits) : (Long) Long.MAX_VALUE;
  }

  private static HttpProblem changed(@Nullable String match, PiiPolicy now) {
    return new HttpProblem(
            412,
            "Changed meanwhile",
            "if-match: " + match + " (expected: \"" + now.version() + "\"; read them again)")
        .with("etag", '"' + now.version() + '"');
  }
}
