package io.onlooker.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.SplittableRandom;

/** One connection that is kept, with one request under way. */
final class Connection implements AutoCloseable {

  /** What {@link #go} says while the answer is not there. */
  static final int NOT_ANSWERED = Answer.NOT_WHOLE;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Body body;
  private final SplittableRandom random;
  private final int head;
  private final byte[] request;
  private final ByteBuffer unsent;
  private final long[] ids;
  private final Answer answer = new Answer();
  private boolean busy;
  private long due;

  /**
   * @param due when its first request is to be sent, as {@code System.nanoTime} tells it
   */
  Connection(
      Selector selector,
      InetSocketAddress address,
      Body body,
      String secret,
      SplittableRandom random,
      long due)
      throws IOException {
    this.body = body;
    this.random = random;
    this.due = due;
    byte[] before = head(address.getHostString(), body, secret);
    head = before.length;
    request = Arrays.copyOf(before, head + body.bytes().length);
    System.arraycopy(body.bytes(), 0, request, head, body.bytes().length);
    unsent = ByteBuffer.wrap(request);
    ids = body.room();
    channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  private static byte[] head(String host, Body body, String secret) {
    return """
    POST %s HTTP/1.1\r
    Host: %s\r
    Content-Type: %s\r
    Authorization: Bearer %s\r
    X-Sentry-Auth: Sentry sentry_key=%s\r
    Content-Length: %d\r
    \r
    """
        .formatted(body.path(), host, body.contentType(), secret, secret, body.bytes().length)
        .getBytes(ISO_8859_1);
  }

  boolean isBusy() {
    return busy;
  }

  /** When the request under way, or the next one, was to be sent. */
  long due() {
    return due;
  }

  void due(long nanos) {
    due = nanos;
  }

  /** Sends a request with ids that no other has. */
  void send() throws IOException {
    body.refresh(request, head, ids, random);
    unsent.clear();
    busy = true;
    write();
  }

  /** Goes on as far as it can; the status of the answer once it is there. */
  int go() throws IOException {
    if (unsent.hasRemaining()) {
      write();
    }
    int status = answer.read(channel);
    busy = status == NOT_ANSWERED;
    return status;
  }

  private void write() throws IOException {
    channel.write(unsent);
    int wanted = SelectionKey.OP_READ | (unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
