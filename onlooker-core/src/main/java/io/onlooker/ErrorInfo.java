package io.onlooker;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a span failed.
 *
 * @param type the exception's class name, or the word the application chose
 * @param id the application's own code for this kind of failure, or null
 * @param domain the part of the application it belongs to, or null
 * @param category who must act on it ({@code USER}, {@code THIRD_PARTY} …), or null
 * @param exceptions the exception and its causes with their stacks; empty without an exception
 */
public record ErrorInfo(
    String type,
    @Nullable String message,
    @Nullable String id,
    @Nullable String domain,
    @Nullable String category,
    List<ErrorData.ExceptionData> exceptions) {

  public ErrorInfo {
    requireNonNull(type, "type");
    exceptions = List.copyOf(exceptions);
  }
}
