package io.onlooker.server.ingest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two ways in which OTLP puts its messages into bytes; an answer uses the request's. */
enum OtlpEncoding {
  PROTOBUF("application/x-protobuf"),
  JSON("application/json");

  private final String contentType;

  OtlpEncoding(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /** The encoding that a content type names, parameters aside, or null. */
  static @Nullable OtlpEncoding of(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "application/x-protobuf", "application/protobuf" -> PROTOBUF;
      case "application/json" -> JSON;
      default -> null;
    };
  }

  /**
   * Reads a message; items that cannot be read are left out and counted.
   *
   * @throws Malformed when the body as a whole is not such a message
   */
  void read(byte[] body, Message.Builder into, Drops drops) throws Malformed {
    if (this == JSON) {
      new OtlpJson(drops).read(Json.readObject(body, 0, body.length), into);
      return;
    }
    try {
      into.mergeFrom(CodedInputStream.newInstance(body));
    } catch (InvalidProtocolBufferException e) {
      throw new Malformed("body: not protobuf (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw new Malformed("body: " + e.getMessage());
    }
  }
}
