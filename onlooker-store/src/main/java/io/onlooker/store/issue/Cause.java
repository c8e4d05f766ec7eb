package io.onlooker.store.issue;

import io.onlooker.ErrorData;
import io.onlooker.ErrorData.ExceptionData;
import io.onlooker.ErrorData.Frame;
import io.onlooker.store.span.Fault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What failures of one issue have in common. Two failures have the same cause when their type, the
 * place, and the application's own stack frames are the same, or without such frames the message
 * but for numbers, ids and quoted words.
 *
 * @param id 16 hex digits, the same on every server and after every restart
 * @param type the exception's class or the word the sender chose, or null
 * @param message of the failure that was seen first, at most 1000 characters, or null
 */
public record Cause(String id, @Nullable String type, @Nullable String message, Place place) {

  private static final int FRAMES = 5;
  private static final int LONGEST = 1000;

  /** Where failures happen. */
  public record Place(Kind kind, @Nullable String name) {

    /** What stands at fault. */
    public enum Kind {
      AGENT,
      MODEL,
      TOOL,
      /** An operation that is none of these, by its op. */
      OPERATION
    }
  }

  static Cause of(Fault fault, Place place) {
    return of(fault.type(), fault.message(), List.of(), place);
  }

  /**
   * The cause of an error that no span tells of.
   *
   * @param place what its attributes say of it
   */
  static Cause of(ErrorData error, Place place) {
    if (error.exceptions().isEmpty()) {
      return of(null, error.message(), List.of(), place);
    }
    ExceptionData thrown = error.exceptions().getFirst();
    // An exporter that makes the error of a span's failure has only its own frames to show.
    boolean retold = error.attributes().has(RETOLD_KIND);
    List<Frame> frames = retold ? List.of() : thrown.frames();
    return of(thrown.type(), thrown.value(), frames, place);
  }

  /** On errors that Mastra's exporter makes: the type of the span that failed. */
  static final String RETOLD_KIND = "span_info.type";

  private static Cause of(
      @Nullable String type, @Nullable String message, List<Frame> frames, Place place) {
    String stack =
        frames.stream()
            .filter(Frame::inApp)
            .limit(FRAMES)
            .map(frame -> frame.module() + '.' + frame.function())
            .collect(Collectors.joining("\n"));
    String said = stack.isEmpty() ? Wording.of(message == null ? "" : message) : stack;
    String key = type + "\0" + said + "\0" + place.kind() + "\0" + place.name();
    return new Cause(hash(key), type, cut(message), place);
  }

  /** 16 hex digits that differ for different texts. */
  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: missing (expected: in every Java)", e);
    }
  }

  static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
