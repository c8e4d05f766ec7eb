package io.onlooker.store.embedded;

import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;

/**
 * One DuckDB in this process, without a database of its own: it reads files and Arrow streams. It
 * opens while the store reads its journal, since loading its library takes half a second.
 */
final class Engine implements AutoCloseable {

  private final CompletableFuture<DuckDBConnection> root;
  private final BufferAllocator allocator = new RootAllocator();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("onlooker-query-clock").daemon().factory());
  private final StoreConfig.Limits limits;

  /** How often the same files are read: the directory of one is worth keeping, or not. */
  enum Reading {
    OFTEN("SET GLOBAL parquet_metadata_cache = true"),
    ONCE("SET GLOBAL parquet_metadata_cache = false");

    private final String setting;

    Reading(String setting) {
      this.setting = setting;
    }
  }

  /**
   * @param threads for one query
   * @param spill where queries put what does not fit into memory
   */
  Engine(StoreConfig.Limits limits, int threads, Path spill, Reading reading) {
    this.limits = limits;
    root =
        CompletableFuture.supplyAsync(
            () -> open(limits, threads, spill, reading),
            task -> Thread.ofPlatform().daemon().start(task));
  }

  private static DuckDBConnection open(
      StoreConfig.Limits limits, int threads, Path spill, Reading reading) {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", limits.memoryBytes() / 1024 + "KiB");
    settings.setProperty("threads", Integer.toString(threads));
    settings.setProperty("temp_directory", spill.toString());
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    // The system keeps what was read of files, and forgets it when somebody needs the memory.
    settings.setProperty("enable_external_file_cache", "false");
    try {
      DuckDBConnection connection =
          (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
      try (Statement statement = connection.createStatement()) {
        statement.execute(reading.setting);
      }
      return connection;
    } catch (SQLException e) {
      throw new StoreException(Reason.BROKEN, "query engine: " + e.getMessage(), e);
    }
  }

  /** Begins a query; its time runs from here. The caller closes it. */
  EngineQuery query() {
    return query(System.nanoTime());
  }

  /**
   * @param began when its time began to run, as {@link System#nanoTime} tells it
   */
  EngineQuery query(long began) {
    try {
      DuckDBConnection connection = root.join().duplicate();
      return new EngineQuery(connection, allocator, new Deadline(clock, began, limits.queryTime()));
    } catch (SQLException e) {
      throw new StoreException(Reason.BROKEN, "query engine: " + e.getMessage(), e);
    } catch (CompletionException e) {
      throw new StoreException(Reason.BROKEN, "query engine: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    try {
      root.join().close();
    } catch (SQLException | CompletionException e) {
      throw new StoreException(Reason.BROKEN, "query engine: " + e.getMessage(), e);
    }
    allocator.close();
  }
}
