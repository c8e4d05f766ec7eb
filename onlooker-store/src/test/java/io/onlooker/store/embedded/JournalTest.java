package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  @TempDir Path folder;

  @Test
  void replay_nothing() throws IOException {
    assertThat(replayed(0)).isEmpty();
  }

  @Test
  void replay_inOrder() throws IOException {
    write("a", "b");
    write("c");

    assertThat(replayed(0)).containsExactly("a", "b", "c");
    assertThat(replayed(0)).containsExactly("a", "b", "c");
  }

  @Test
  void replay_cutAtEveryByteOfTheLastRecord() throws IOException {
    write("first", "second", "the last one");
    Path file = Disk.list(folder, ".journal").getFirst();
    byte[] whole = Files.readAllBytes(file);
    int lastFrame = whole.length - Frames.HEADER - "the last one".length();

    for (int length = lastFrame; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));

      List<String> records = new ArrayList<>();
      long damaged = Journal.replay(folder, 0, record -> records.add(text(record)));

      assertThat(records).containsExactly("first", "second");
      assertThat(damaged).isEqualTo(length - lastFrame);
      assertThat(Files.size(file)).isEqualTo(lastFrame);
    }
  }

  @Test
  void replay_zerosWrittenAheadAreNoDamage() throws IOException {
    write("first", "second");
    Path file = Disk.list(folder, ".journal").getFirst();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length + 70_000));
    List<String> records = new ArrayList<>();

    long damaged = Journal.replay(folder, 0, record -> records.add(text(record)));

    assertThat(damaged).isZero();
    assertThat(records).containsExactly("first", "second");
    assertThat(Files.size(file)).isEqualTo(whole.length);
  }

  @Test
  void replay_everyByteOfTheLastRecordDamaged() throws IOException {
    write("first", "second", "the last one");
    Path file = Disk.list(folder, ".journal").getFirst();
    byte[] whole = Files.readAllBytes(file);
    int lastFrame = whole.length - Frames.HEADER - "the last one".length();

    for (int at = lastFrame; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      Files.write(file, damaged);

      List<String> records = new ArrayList<>();
      long cut = Journal.replay(folder, 0, record -> records.add(text(record)));

      assertThat(records).containsExactly("first", "second");
      assertThat(cut).isEqualTo(whole.length - lastFrame);
      assertThat(Files.size(file)).isEqualTo(lastFrame);
    }
  }

  @Test
  void file_thatCouldNotBeBegunLeavesItsNameFree() throws IOException {
    Path none = folder.resolve("none");

    assertThatThrownBy(() -> new JournalFile(none, "1.journal")).isInstanceOf(IOException.class);
    Files.createDirectory(none);

    new JournalFile(none, "1.journal").close();
  }

  @Test
  void replay_everyByteDamaged() throws IOException {
    write("first", "second", "third");
    Path file = Disk.list(folder, ".journal").getFirst();
    byte[] whole = Files.readAllBytes(file);
    int second = Frames.FILE_HEADER + Frames.HEADER + "first".length();
    int third = second + Frames.HEADER + "second".length();

    for (int at = second; at < third; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      Files.write(file, damaged);

      assertThat(replayed(0)).containsExactly("first", "third");
    }
  }

  @Test
  void replay_frameInsideARecord() throws IOException {
    write("outer");
    Path file = Disk.list(folder, ".journal").getFirst();
    byte[] frame = Files.readAllBytes(file);
    Files.delete(file);
    byte[] forged = java.util.Arrays.copyOfRange(frame, Frames.FILE_HEADER, frame.length);
    byte[] record = new byte[forged.length + 10];
    System.arraycopy(forged, 0, record, 0, forged.length);
    try (Journal journal = new Journal(folder, 0)) {
      journal.append(record, () -> {});
    }
    byte[] whole = Files.readAllBytes(Disk.list(folder, ".journal").getFirst());
    Files.write(
        Disk.list(folder, ".journal").getFirst(), java.util.Arrays.copyOf(whole, whole.length - 1));

    assertThat(replayed(0)).isEmpty();
  }

  @Test
  void append_runsWhatFollowsInOrder() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    try (Journal journal = new Journal(folder, 0)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String text = "record " + i;
        threads.add(
            Thread.startVirtualThread(() ->
                journal.append(text.getBytes(StandardCharsets.UTF_8), () -> order.add(text))));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }

    assertThat(replayed(0)).containsExactlyElementsOf(order).hasSize(50);
  }

  @Test
  void append_interrupted() throws IOException {
    try (Journal journal = new Journal(folder, 0)) {
      Thread.currentThread().interrupt();
      journal.append("a".getBytes(StandardCharsets.UTF_8), () -> {});
      assertThat(Thread.interrupted()).isTrue();
      journal.append("b".getBytes(StandardCharsets.UTF_8), () -> {});
    }

    assertThat(replayed(0)).containsExactly("a", "b");
  }

  @Test
  void append_afterClose() throws IOException {
    Journal journal = new Journal(folder, 0);
    journal.close();

    assertThatThrownBy(() -> journal.append(new byte[1], () -> {}))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void turn_forgetsWhatIsSealed() throws IOException {
    List<Long> sealed = new ArrayList<>();
    try (Journal journal = new Journal(folder, 0)) {
      journal.append("old".getBytes(StandardCharsets.UTF_8), () -> {});
      journal.turn(() -> List.of("carried".getBytes(StandardCharsets.UTF_8)), sealed::add);
      journal.append("new".getBytes(StandardCharsets.UTF_8), () -> {});
    }

    assertThat(replayed(0)).containsExactly("old", "carried", "new");
    assertThat(replayed(sealed.getFirst())).containsExactly("carried", "new");
    assertThat(replayed(0)).containsExactly("carried", "new");
  }

  private void write(String... records) throws IOException {
    try (Journal journal = new Journal(folder, 0)) {
      for (String record : records) {
        journal.append(record.getBytes(StandardCharsets.UTF_8), () -> {});
      }
    }
  }

  private List<String> replayed(long sealed) throws IOException {
    List<String> records = new ArrayList<>();
    Journal.replay(folder, sealed, record -> records.add(text(record)));
    return records;
  }

  private static String text(byte[] record) {
    return new String(record, StandardCharsets.UTF_8);
  }
}
