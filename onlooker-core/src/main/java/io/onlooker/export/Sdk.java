package io.onlooker.export;

import org.jspecify.annotations.Nullable;

/** Who we say we are to receivers. */
final class Sdk {

  static final String NAME = "sentry.java.onlooker";
  static final String VERSION = version(Sdk.class.getPackage().getImplementationVersion());

  private Sdk() {}

  /** Writes {@code "sdk":{…}}. */
  static JsonWriter write(JsonWriter json) {
    json.name("sdk").beginObject();
    json.name("name").value(NAME).name("version").value(VERSION);
    return json.endObject();
  }

  private static String version(@Nullable String fromManifest) {
    return fromManifest == null ? "0.1.0" : fromManifest;
  }
}
