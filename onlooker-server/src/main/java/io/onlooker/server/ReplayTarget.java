package io.onlooker.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.onlooker.server.ingest.Recording;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server that recorded requests are sent to; counts what it says. */
final class ReplayTarget implements RequestTarget {

  private static final Pattern DSN =
      Pattern.compile("(https?)://([^@/:]+)(?::[^@/]*)?@([^/]+)((?:/[^/]+)*)/([^/]+)/?");

  /** A DSN in an envelope's header is that of the recorded project. */
  private static final Pattern OWN_DSN = Pattern.compile("\"dsn\"\\s*:\\s*\"[^\"]*\"\\s*,?");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  private final String key;
  private final String project;
  private long accepted;
  private long dropped;
  private int sent;
  private int refused;

  ReplayTarget(String dsn) {
    Matcher parts = DSN.matcher(dsn);
    if (!parts.matches()) {
      throw new IllegalArgumentException("dsn: not one (expected: http://KEY@HOST:PORT/PROJECT)");
    }
    key = parts.group(2);
    base = parts.group(1) + "://" + parts.group(3) + parts.group(4);
    project = parts.group(5);
  }

  @Override
  public void send(Recording recording, PrintWriter complaints)
      throws IOException, InterruptedException {
    HttpResponse<String> answer;
    try {
      answer = client.send(request(recording), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(base + " cannot be reached (expected: a running server)", e);
    }
    sent++;
    accepted += count(answer, "x-onlooker-accepted");
    dropped += count(answer, "x-onlooker-dropped");
    if (answer.statusCode() >= 300) {
      refused++;
      complaints.println(recording.name() + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  @Override
  public boolean complete() {
    return refused == 0;
  }

  @Override
  public String finish() {
    return "%d requests sent, %d refused; %d items accepted, %d not kept"
        .formatted(sent, refused, accepted, dropped);
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpRequest request(Recording recording) {
    String path =
        recording.otlp() ? otlpPath(recording) : "/api/" + project + "/" + kind(recording);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofMinutes(1))
            .header("x-sentry-auth", "Sentry sentry_version=7, sentry_key=" + key)
            .POST(BodyPublishers.ofByteArray(body(recording)));
    if (recording.contentType() != null) {
      request.header("content-type", recording.contentType());
    }
    return request.build();
  }

  private static String otlpPath(Recording recording) {
    return recording.logs() ? "/v1/logs" : "/v1/traces";
  }

  /** An envelope has a header line before its items; a single event has none. */
  private static String kind(Recording recording) {
    String start = new String(recording.body(), 0, lineEnd(recording.body()), ISO_8859_1);
    boolean event = start.contains("\"platform\"") && start.contains("\"timestamp\"");
    return event ? "store/" : "envelope/";
  }

  private static byte[] body(Recording recording) {
    byte[] body = recording.body();
    int end = lineEnd(body);
    String header = new String(body, 0, end, ISO_8859_1);
    if (recording.otlp() || !header.contains("\"dsn\"")) {
      return body;
    }
    String rest = new String(body, end, body.length - end, ISO_8859_1);
    String without = OWN_DSN.matcher(header).replaceFirst("").replaceFirst(",\\s*}$", "}");
    return (without + rest).getBytes(ISO_8859_1);
  }

  private static int lineEnd(byte[] body) {
    int end = 0;
    while (end < body.length && body[end] != '\n') {
      end++;
    }
    return end;
  }

  private static long count(HttpResponse<String> answer, String header) {
    return answer.headers().firstValueAsLong(header).orElse(0);
  }
}
