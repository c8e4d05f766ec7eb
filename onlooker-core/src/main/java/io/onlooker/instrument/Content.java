package io.onlooker.instrument;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes images, audio and files out of messages: what stays of each is its type, its size in bytes
 * and its SHA-256, {@code {"type":"blob","mime_type":"image/png","size":68,"sha256":"…"}}.
 */
public final class Content {

  private static final Pattern DATA_URL =
      Pattern.compile("data:([a-zA-Z0-9.+-]+/[a-zA-Z0-9.+-]+)?[^,]{0,200};base64,");

  /** Where the providers' APIs carry base64 without a data URL around it. */
  private static final Set<String> BASE64_FIELDS =
      Set.of("data", "file_data", "b64_json", "result");

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+={0,2}");

  /** Shorter ones may as well be words. */
  private static final int SHORTEST = 64;

  private Content() {}

  /** The same tree of maps, lists and scalars with every blob replaced; the given one stays. */
  public static @Nullable Object withoutBlobs(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(String.valueOf(key), field(map, key, value)));
      return copy;
    }
    if (tree instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(withoutBlobs(element)));
      return copy;
    }
    if (tree instanceof byte[] bytes) {
      return blob("application/octet-stream", bytes);
    }
    return tree instanceof String text && text.startsWith("data:") ? dataUrl(text) : tree;
  }

  private static @Nullable Object field(Map<?, ?> map, Object key, @Nullable Object value) {
    if (value instanceof String text
        && text.length() >= SHORTEST
        && BASE64_FIELDS.contains(key)
        && BASE64.matcher(text).matches()) {
      return blob(mediaType(map), decoded(text));
    }
    return withoutBlobs(value);
  }

  private static Object dataUrl(String text) {
    Matcher start = DATA_URL.matcher(text);
    if (!start.lookingAt()) {
      return text;
    }
    String type = start.group(1) == null ? "text/plain" : start.group(1);
    return blob(type, decoded(text.substring(start.end())));
  }

  private static String mediaType(Map<?, ?> map) {
    for (String name : List.of("media_type", "mime_type", "format")) {
      if (map.get(name) instanceof String type) {
        return type.indexOf('/') < 0 ? "audio/" + type : type;
      }
    }
    return "application/octet-stream";
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      return base64.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static Map<String, Object> blob(String type, byte[] bytes) {
    Map<String, Object> blob = new LinkedHashMap<>();
    blob.put("type", "blob");
    blob.put("mime_type", type);
    blob.put("size", bytes.length);
    blob.put("sha256", sha256(bytes));
    return blob;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: none (expected: in every JDK)", e);
    }
  }
}
