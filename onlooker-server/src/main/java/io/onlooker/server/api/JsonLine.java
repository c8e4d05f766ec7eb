package io.onlooker.server.api;

import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.store.Session;

/** What is stored, each as the JSON object that the API answers with, in UTF-8 on one line. */
public final class JsonLine {

  private JsonLine() {}

  public static byte[] of(SpanData span) {
    return JsonOut.bytes(out -> new SpanJson(out).members(span));
  }

  public static byte[] of(LogData line) {
    return JsonOut.bytes(out -> new NoteJson(out).log(line));
  }

  public static byte[] of(Session session) {
    return JsonOut.bytes(out -> new SessionJson(out).members(session));
  }
}
