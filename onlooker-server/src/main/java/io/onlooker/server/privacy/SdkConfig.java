package io.onlooker.server.privacy;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/sdk/config}: what an SDK asks again and again, and is told only when it changed. */
public final class SdkConfig {

  private final PiiPolicies policies;
  private final ToIntFunction<Request> projectOf;

  /**
   * @param projectOf the project that the sender's key opens; throws {@link
   *     io.onlooker.server.http.HttpProblem} for none
   */
  public SdkConfig(PiiPolicies policies, ToIntFunction<Request> projectOf) {
    this.policies = policies;
    this.projectOf = projectOf;
  }

  /** The configuration, or 304 for who has it. */
  public Response answer(Request request) {
    PiiPolicy policy = policies.of(projectOf.applyAsInt(request));
    ObjectNode config = PiiJson.JSON.createObjectNode();
    config.put("version", policy.version());
    config.set("pii", PiiJson.of(policy));
    config.put("batch", true);
    config.put("started_spans", true);
    byte[] body = config.toString().getBytes(StandardCharsets.UTF_8);
    String etag = '"' + hash(body) + '"';
    boolean known = matches(request.header("if-none-match"), etag);
    Response response =
        known
            ? new Response(304, Map.of(), new byte[0])
            : Response.of(200, "application/json", body);
    return response
        .with("etag", etag)
        .with("cache-control", "private, no-cache")
        .with("vary", "authorization");
  }

  private static boolean matches(@Nullable String tags, String etag) {
    if (tags == null) {
      return false;
    }
    for (String tag : tags.split(",", -1)) {
      String bare = tag.strip();
      if (bare.equals("*") || bare.equals(etag) || bare.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }

  private static String hash(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
