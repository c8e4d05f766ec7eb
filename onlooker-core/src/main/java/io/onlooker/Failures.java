package io.onlooker;

import io.onlooker.ErrorData.ExceptionData;
import io.onlooker.ErrorData.Frame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads exceptions. */
final class Failures {

  private static final int CAUSES = 20;
  private static final int FRAMES = 250;
  private static final List<String> NOT_THE_APPLICATION =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "io.onlooker.");

  private Failures() {}

  static ErrorInfo info(Throwable failure) {
    return new ErrorInfo(
        failure.getClass().getName(), message(failure), null, null, null, chain(failure, null));
  }

  /** The exception and its causes, outermost first. */
  static List<ExceptionData> chain(Throwable failure, @Nullable Boolean handled) {
    List<ExceptionData> chain = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable next = failure;
    while (next != null && chain.size() < CAUSES && seen.add(next)) {
      chain.add(new ExceptionData(next.getClass().getName(), message(next), handled, frames(next)));
      next = next.getCause();
    }
    return chain;
  }

  /** What the exception says, or null; its own method may fail. */
  static @Nullable String message(Throwable failure) {
    try {
      return failure.getMessage();
    } catch (RuntimeException e) {
      return "(" + failure.getClass().getName() + ".getMessage: " + e.getClass().getName() + ")";
    }
  }

  private static List<Frame> frames(Throwable failure) {
    List<Frame> frames = new ArrayList<>();
    for (StackTraceElement element : failure.getStackTrace()) {
      if (frames.size() == FRAMES) {
        break;
      }
      String name = element.getClassName();
      boolean inApp = NOT_THE_APPLICATION.stream().noneMatch(name::startsWith);
      int line = Math.max(0, element.getLineNumber());
      frames.add(new Frame(name, element.getMethodName(), element.getFileName(), line, inApp));
    }
    return frames;
  }
}
