package io.onlooker.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The spans that stand for a session and its events: their ids follow from the client's, so that
 * calls find each other in any order, after a restart and on any server.
 */
record SessionIds(String traceId, String rootSpanId) {

  private static final SecureRandom RANDOM = new SecureRandom();

  static SessionIds of(int project, String sessionId) {
    String hash = hash(project + " session " + sessionId);
    return new SessionIds(
        hash.substring(0, Ids.TRACE_DIGITS),
        hash.substring(Ids.TRACE_DIGITS, Ids.TRACE_DIGITS + Ids.SPAN_DIGITS));
  }

  String eventSpanId(String eventId) {
    return hash(traceId + " event " + eventId).substring(0, Ids.SPAN_DIGITS);
  }

  static String newSession() {
    return "sess_" + random();
  }

  static String newEvent() {
    return "evt_" + random();
  }

  private static String random() {
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
