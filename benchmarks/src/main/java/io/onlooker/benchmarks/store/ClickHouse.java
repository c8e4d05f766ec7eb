package io.onlooker.benchmarks.store;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * ClickHouse's engine in this process: {@code libchdb.so} of the npm package {@code
 * @chdb/lib-linux-x64-gnu}, by its C functions. One statement at a time; there is one in a process.
 */
@SuppressWarnings("restricted")
final class ClickHouse implements AutoCloseable {

  private static final long LONGEST_ERROR = 1 << 16;

  private final Arena arena = Arena.ofShared();
  private final SymbolLookup library;
  private final MethodHandle query;
  private final MethodHandle text;
  private final MethodHandle length;
  private final MethodHandle error;
  private final MethodHandle forget;
  private final MethodHandle disconnect;
  private final MemorySegment connection;

  ClickHouse(Path library, Path data) {
    this.library = SymbolLookup.libraryLookup(library, arena);
    query = function("chdb_query_n", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);
    text = function("chdb_result_buffer", ADDRESS, ADDRESS);
    length = function("chdb_result_length", JAVA_LONG, ADDRESS);
    error = function("chdb_result_error", ADDRESS, ADDRESS);
    forget = procedure("chdb_destroy_query_result", ADDRESS);
    disconnect = procedure("chdb_close_conn", ADDRESS);
    MethodHandle signals = procedure("chdb_set_signal_handlers_enabled", JAVA_INT);
    call(() -> signals.invoke(0));
    connection = connect(data);
  }

  private MemorySegment connect(Path data) {
    MethodHandle connect = function("chdb_connect", ADDRESS, JAVA_INT, ADDRESS);
    MemorySegment arguments = arena.allocate(ADDRESS, 2);
    arguments.setAtIndex(ADDRESS, 0, arena.allocateFrom("clickhouse"));
    arguments.setAtIndex(ADDRESS, 1, arena.allocateFrom("--path=" + data));
    MemorySegment made = (MemorySegment) call(() -> connect.invoke(2, arguments));
    if (made.equals(MemorySegment.NULL)) {
      throw new IllegalStateException(data + ": refused (expected: a folder of ClickHouse's)");
    }
    return made;
  }

  private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return bound(name, FunctionDescriptor.of(result, arguments));
  }

  private MethodHandle procedure(String name, MemoryLayout... arguments) {
    return bound(name, FunctionDescriptor.ofVoid(arguments));
  }

  private MethodHandle bound(String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), descriptor);
  }

  /** The answer as lines of values between tabs. */
  String ask(String sql) {
    try (Arena each = Arena.ofConfined()) {
      MemorySegment statement = each.allocateFrom(sql);
      MemorySegment format = each.allocateFrom("TabSeparated");
      MemorySegment opened = connection.reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
      MemorySegment result =
          (MemorySegment)
              call(() ->
                  query.invoke(
                      opened, statement, statement.byteSize() - 1, format, format.byteSize() - 1));
      try {
        return read(result);
      } finally {
        call(() -> forget.invoke(result));
      }
    }
  }

  private String read(MemorySegment result) {
    MemorySegment wrong = (MemorySegment) call(() -> error.invoke(result));
    if (!wrong.equals(MemorySegment.NULL)) {
      throw new IllegalStateException(wrong.reinterpret(LONGEST_ERROR).getString(0));
    }
    long bytes = (long) call(() -> length.invoke(result));
    MemorySegment buffer = (MemorySegment) call(() -> text.invoke(result));
    return bytes == 0
        ? ""
        : new String(buffer.reinterpret(bytes).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
  }

  private interface Native {
    Object call() throws Throwable;
  }

  private static Object call(Native function) {
    try {
      return function.call();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    call(() -> disconnect.invoke(connection));
  }
}
