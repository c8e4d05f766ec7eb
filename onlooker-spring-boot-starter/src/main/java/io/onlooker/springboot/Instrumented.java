package io.onlooker.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A library that was found and is instrumented.
 *
 * @param version null where its jar does not say
 */
record Instrumented(String library, @Nullable String version) {

  private static final System.Logger LOGGER = System.getLogger("io.onlooker");

  /** A library of this version; says so in the log where that was not tested. */
  static Instrumented of(String library, @Nullable String version) {
    String[] tested = tested(library).split(" ", 2);
    if (version != null && !LibraryVersion.within(version, tested[0], tested[1])) {
      LOGGER.log(
          Level.WARNING,
          "{0}: {1} (expected: {2} to {3}, which are tested); what it does may be recorded in part",
          library,
          version,
          tested[0],
          tested[1]);
    }
    return new Instrumented(library, version);
  }

  /** The oldest and the newest version tested. */
  private static String tested(String library) {
    try (InputStream file = Instrumented.class.getResourceAsStream("versions.properties")) {
      Properties versions = new Properties();
      versions.load(file);
      return versions.getProperty(library);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
