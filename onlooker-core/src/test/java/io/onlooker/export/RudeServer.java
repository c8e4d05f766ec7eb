package io.onlooker.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server that does not behave like HTTP. */
final class RudeServer implements AutoCloseable {

  enum Manner {
    /** Takes the request and never says a word. */
    SILENT,
    /** Says something that is not HTTP. */
    GARBAGE,
    /** Hangs up at once. */
    HANGS_UP,
    /** Sends a proper head and then a body without end. */
    ENDLESS
  }

  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket socket;
  private final Manner manner;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  RudeServer(Manner manner) throws IOException {
    this.manner = manner;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "rude-server");
    thread.setDaemon(true);
    thread.start();
  }

  String dsn() {
    return "http://publickey@127.0.0.1:" + socket.getLocalPort() + "/42";
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : open) {
      connection.close();
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.incrementAndGet();
        open.add(connection);
        Thread thread = new Thread(() -> behave(connection), "rude-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void behave(Socket connection) {
    try (connection;
        InputStream in = connection.getInputStream();
        OutputStream out = connection.getOutputStream()) {
      if (manner == Manner.HANGS_UP) {
        return;
      }
      if (in.read() >= 0 && manner == Manner.GARBAGE) {
        out.write("\0\1\2 so what\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      }
      if (manner == Manner.ENDLESS) {
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      }
      byte[] noise = new byte[8192];
      while (manner == Manner.ENDLESS) {
        out.write(noise);
      }
      while (manner == Manner.SILENT && in.read(noise) >= 0) {}
    } catch (IOException e) {
      // The client has had enough.
    }
  }
}
