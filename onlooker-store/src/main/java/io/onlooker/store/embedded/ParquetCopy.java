package io.onlooker.store.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Writes rows of a statement into a file, which is there only when it is whole and durable. */
record ParquetCopy(EngineQuery query, DataFolder folder) {

  void write(Sql rows, Path file, int rowGroup) throws IOException {
    Path unfinished = folder.temporary().resolve(file.getFileName());
    Sql copy = Sql.of("COPY (").add(rows);
    // The second version writes numbers as differences, which are read in a third of the time.
    copy.add(
        ") TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d, PARQUET_VERSION v2)"
            .formatted(Sql.literal(unfinished.toString()), rowGroup));
    query.execute(copy);
    Disk.finish(unfinished, file);
  }
}
