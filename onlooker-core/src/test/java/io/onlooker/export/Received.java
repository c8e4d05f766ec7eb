package io.onlooker.export;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An envelope read strictly by the published rules: JSON lines without duplicate names, lengths in
 * bytes that fit exactly, valid UTF-8.
 */
record Received(JsonNode header, List<Item> items) {

  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** One item; the payload as JSON. */
  record Item(JsonNode header, JsonNode payload) {
    String type() {
      return header.path("type").asString();
    }
  }

  static Received parse(byte[] bytes) {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    JsonNode header = json(line(rest));
    List<Item> items = new ArrayList<>();
    while (rest.hasRemaining()) {
      JsonNode itemHeader = json(line(rest));
      if (!itemHeader.path("type").isString()) {
        throw new AssertionError("item without type: " + itemHeader);
      }
      items.add(new Item(itemHeader, json(payload(rest, itemHeader.path("length").asInt(-1)))));
    }
    return new Received(header, items);
  }

  Stream<JsonNode> payloads(String type) {
    return items.stream().filter(item -> item.type().equals(type)).map(Item::payload);
  }

  Stream<ReceivedSpan> spans() {
    return items.stream().flatMap(ReceivedSpan::of);
  }

  private static byte[] payload(ByteBuffer rest, int length) {
    if (length < 0) {
      return line(rest);
    }
    byte[] payload = new byte[length];
    rest.get(payload);
    if (rest.hasRemaining() && rest.get() != '\n') {
      throw new AssertionError("no line break behind a payload of " + length + " bytes");
    }
    return payload;
  }

  private static byte[] line(ByteBuffer rest) {
    int end = rest.position();
    while (end < rest.limit() && rest.get(end) != '\n') {
      end++;
    }
    byte[] line = new byte[end - rest.position()];
    rest.get(line);
    if (rest.hasRemaining()) {
      rest.get();
    }
    return line;
  }

  static JsonNode json(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonNode node = JSON.readTree(text);
      if (!node.isObject()) {
        throw new AssertionError("no JSON object: " + text);
      }
      return node;
    } catch (CharacterCodingException e) {
      throw new AssertionError("no UTF-8", e);
    }
  }
}
