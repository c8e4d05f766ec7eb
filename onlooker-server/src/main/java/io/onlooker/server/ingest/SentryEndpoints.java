package io.onlooker.server.ingest;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where Sentry's SDKs send: envelopes, single events, and either through a tunnel. */
final class SentryEndpoints {

  private static final String DIALECT = "sentry";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A DSN may put a prefix before {@code /api}. */
  private static final Pattern PREFIXED = Pattern.compile(".*/api/([^/]+)/(envelope|store)/?");

  private final KeyCheck keys;
  private final Compression compression;
  private final Ingest ingest;
  private final Doorway doorway;
  private final SentryProtocol protocol;

  SentryEndpoints(
      KeyCheck keys,
      Compression compression,
      Ingest ingest,
      Doorway doorway,
      SentryProtocol protocol) {
    this.keys = keys;
    this.compression = compression;
    this.ingest = ingest;
    this.doorway = doorway;
    this.protocol = protocol;
  }

  void addTo(Routes routes) {
    for (String slash : new String[] {"", "/"}) {
      doorway.open(
          routes,
          "/api/{project}/envelope" + slash,
          DIALECT,
          request -> envelope(request, request.route("project")));
      doorway.open(
          routes,
          "/api/{project}/store" + slash,
          DIALECT,
          request -> store(request, request.route("project")));
    }
  }

  /**
   * Takes an envelope at any other path, if its header holds a DSN; that is how tunnels send. A
   * browser asks first whether it may.
   *
   * @return null when it is no such request
   */
  @Nullable Response tunnel(Request request) {
    Matcher prefixed = PREFIXED.matcher(request.path());
    if (prefixed.matches()) {
      String project = prefixed.group(1);
      return request.method().equals("OPTIONS")
          ? Doorway.preflight(request)
          : doorway.answer(
              DIALECT,
              ours ->
                  prefixed.group(2).equals("store")
                      ? store(ours, project)
                      : envelope(ours, project),
              request);
    }
    if (request.method().equals("OPTIONS")
        && "POST".equals(request.header("access-control-request-method"))) {
      return Doorway.preflight(request);
    }
    return request.method().equals("POST") && dsn(request) != null
        ? doorway.answer(DIALECT, ours -> envelope(ours, null), request)
        : null;
  }

  /**
   * @param path the project in the path, or null when the path names none
   */
  private Response envelope(Request request, @Nullable String path) {
    Set<String> shown = KeyCheck.keys(request);
    boolean byDsn = shown.isEmpty();
    Dsn dsn = dsn(request);
    if (dsn != null) {
      shown.add(dsn.key());
    }
    boolean named = path != null && !(byDsn && dsn != null);
    String wanted = named ? path : dsn == null ? "" : dsn.project();
    Caller caller = keys.caller(shown, wanted == null ? "" : wanted);
    return answer(ingest.accept(caller, DIALECT, protocol::envelope, body(request)));
  }

  private Response store(Request request, String path) {
    Caller caller = keys.caller(KeyCheck.keys(request), path);
    return answer(ingest.accept(caller, DIALECT, protocol::store, body(request)));
  }

  private byte[] body(Request request) {
    return compression.inflate(request.header("content-encoding"), request.body());
  }

  /** The DSN in the envelope's header, or null; only the header is decompressed for it. */
  private @Nullable Dsn dsn(Request request) {
    byte[] start = compression.start(request.header("content-encoding"), request.body());
    int end = Envelope.lineEnd(start, 0);
    try {
      JsonNode header = Envelope.header(start, end);
      String dsn = Json.text(header, "dsn");
      return dsn == null ? null : Dsn.parse(dsn);
    } catch (Malformed _) {
      return null;
    }
  }

  /** Bad items beside good ones are told in the answer; with nothing good it is an error. */
  private static Response answer(Ingest.Outcome outcome) {
    Drops drops = outcome.drops();
    if (outcome.accepted() == 0 && drops.faults() > 0 && drops.total() == drops.faults()) {
      throw new HttpProblem(400, "Nothing readable", String.join("; ", drops.details()));
    }
    ObjectNode json = JSON.createObjectNode();
    if (outcome.decoded().eventId() != null) {
      json.put("id", outcome.decoded().eventId());
    }
    if (!drops.details().isEmpty()) {
      json.put("accepted", outcome.accepted());
      json.put("dropped", drops.faults());
      drops.details().forEach(json.putArray("details")::add);
    }
    return Doorway.told(Response.json(200, json.toString()), outcome);
  }
}
