package io.onlooker.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ObjectEncoderTest {

  private static final int ROOM = 10_000;

  enum Sky {
    SUNNY {
      @Override
      public String toString() {
        return "bright";
      }
    }
  }

  record Weather(String city, double celsius, @Nullable Sky sky, Optional<String> note) {}

  @Test
  void value_everyKind() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("record", new Weather("Lisbon", 21.5, Sky.SUNNY, Optional.empty()));
    map.put("array", new int[] {1, 2});
    map.put("bytes", new byte[3]);
    map.put("time", Instant.EPOCH);
    map.put("span", Duration.ofMillis(1500));
    map.put("path", Path.of("a/b"));
    map.put("decimal", new BigDecimal("1.10"));
    map.put("nan", Double.NaN);
    map.put("null", null);

    assertThat(json(map))
        .isEqualTo(
            "{\"record\":{\"city\":\"Lisbon\",\"celsius\":21.5,\"sky\":\"SUNNY\",\"note\":null},"
                + "\"array\":[1,2],\"bytes\":\"…[3 bytes]\",\"time\":\"1970-01-01T00:00:00Z\","
                + "\"span\":\"PT1.5S\",\"path\":\"a/b\",\"decimal\":1.10,\"nan\":\"NaN\","
                + "\"null\":null}");
  }

  @Test
  void scalar_stays() {
    assertThat(ObjectEncoder.scalarOrJson(false, ROOM)).isEqualTo(false);
    assertThat(ObjectEncoder.scalarOrJson(7, ROOM)).isEqualTo(7);
    assertThat(ObjectEncoder.scalarOrJson(java.nio.CharBuffer.wrap("x"), ROOM)).isEqualTo("x");
    assertThat(ObjectEncoder.scalarOrJson(Optional.of("x"), ROOM)).isEqualTo("x");
    assertThat(ObjectEncoder.scalarOrJson(null, ROOM)).isNull();
    assertThat(ObjectEncoder.scalarOrJson(List.of(1), ROOM)).isEqualTo("[1]");
  }

  @Test
  void graph_cyclic() {
    List<Object> list = new ArrayList<>();
    Map<String, Object> map = new HashMap<>(Map.of("list", list));
    list.add(map);

    assertThat(json(map)).isEqualTo("{\"list\":[\"…[cycle]\"]}");
  }

  @Test
  void graph_sameObjectTwice() {
    List<Integer> shared = List.of(1);

    assertThat(json(List.of(shared, shared))).isEqualTo("[[1],[1]]");
  }

  @Test
  void graph_deep() {
    Object nested = "core";
    for (int i = 0; i < 10_000; i++) {
      nested = List.of(nested);
    }

    assertThat(json(nested)).contains("…[deeper than 24 levels]").hasSizeLessThan(200);
  }

  @Test
  void text_tooLong() {
    String text = "x".repeat(10_000_000);

    assertThat(ObjectEncoder.scalarOrJson(text, 100))
        .isEqualTo("x".repeat(100) + "…[truncated 9999900 chars]");
    assertThat(JsonReader.read(json(List.of(text, "rest"), 100)))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .first()
        .asString()
        .startsWith("xxx")
        .endsWith(" chars]")
        .hasSizeLessThan(200);
  }

  @Test
  void text_cutInsideAPair() {
    assertThat(ObjectEncoder.cut("a😀b", 2)).isEqualTo("a…[truncated 3 chars]");
  }

  @Test
  void list_endless() {
    Iterable<Integer> endless = () -> Stream.iterate(1, i -> i + 1).iterator();

    assertThat(json(endless)).endsWith("items]\"]").hasSizeLessThan(2 * ROOM);
  }

  @Test
  void toString_throws() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no text");
          }
        };
    Object recursive =
        new Object() {
          @Override
          @SuppressWarnings("InfiniteRecursion")
          public String toString() {
            return "x" + this;
          }
        };

    assertThat(json(Map.of("a", hostile)))
        .isEqualTo("{\"a\":\"…[unreadable: java.lang.IllegalStateException]\"}");
    assertThat(json(recursive)).isEqualTo("\"…[unreadable: java.lang.StackOverflowError]\"");
  }

  @Test
  void iterator_throws() {
    Iterable<String> broken =
        () ->
            new Iterator<>() {
              private int count;

              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public String next() {
                if (count++ == 1) {
                  throw new IllegalStateException();
                }
                return "one";
              }
            };

    assertThat(json(broken))
        .isEqualTo("[\"one\",\"…[unreadable: java.lang.IllegalStateException]\"]");
  }

  record Hostile(String name) {
    @Override
    public String name() {
      throw new IllegalStateException();
    }
  }

  @Test
  void record_accessorThrows() {
    assertThat(json(new Hostile("x")))
        .isEqualTo("{\"name\":\"…[unreadable: java.lang.reflect.InvocationTargetException]\"}");
  }

  @Test
  void iterable_printsAsJson() {
    Iterable<String> node =
        new Iterable<>() {
          @Override
          public Iterator<String> iterator() {
            return List.of("v").iterator();
          }

          @Override
          public String toString() {
            return "{\"k\":\"v\"}";
          }
        };

    assertThat(json(node)).isEqualTo("{\"k\":\"v\"}");
  }

  @Test
  void map_changedWhileRead() throws InterruptedException {
    Map<Object, Object> map = new HashMap<>();
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer =
        new Thread(() -> {
          for (int i = 0; !stop.get(); i++) {
            map.put(i % 5000, i);
            map.remove((i + 2500) % 5000);
          }
        });
    writer.start();

    List<String> read = Collections.nCopies(200, "").stream().map(none -> json(map)).toList();
    stop.set(true);
    writer.join();

    assertThat(read).allSatisfy(text -> assertThat(JsonReader.read(text)).isInstanceOf(Map.class));
  }

  private static String json(Object value) {
    return json(value, ROOM);
  }

  private static String json(Object value, int room) {
    JsonWriter json = new JsonWriter();
    ObjectEncoder.write(json, value, room);
    return json.toString();
  }
}
