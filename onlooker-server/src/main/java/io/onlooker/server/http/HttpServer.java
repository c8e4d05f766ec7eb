package io.onlooker.server.http;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.util.TransportType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.encoding.EncodingService;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: HTTP/1.1 and HTTP/2 in clear text on one port, a virtual thread per request. */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** How long nothing may be under way before a stopping server is gone. */
  private static final Duration QUIET = Duration.ofMillis(50);

  private final Server server;
  private final int port;
  private final OpenStreams streams;

  private HttpServer(Server server, int port, OpenStreams streams) {
    this.server = server;
    this.port = port;
    this.streams = streams;
  }

  /**
   * Starts to listen.
   *
   * @throws IOException when the port is taken or the host is not this machine's
   */
  public static HttpServer start(HttpSettings settings, Routes routes) throws IOException {
    OpenStreams streams = new OpenStreams();
    ServerBuilder builder = Server.builder();
    builder.http(new InetSocketAddress(settings.host(), settings.port()));
    openLoopback(builder, settings);
    limit(builder, settings);
    BodyBudget budget = BodyBudget.ofHeap(settings.maxBodyBytes());
    bind(builder, routes, streams, budget, settings.maxBodyBytes());
    if (!routes.unary().isEmpty()) {
      builder.service(UnaryCalls.service(routes.unary(), settings.maxMessageBytes()));
    }
    Server server = builder.build();
    try {
      server.start().join();
    } catch (CompletionException e) {
      server.close();
      throw refused(settings, e);
    }
    int port = settings.port() == 0 ? server.activeLocalPort() : settings.port();
    return new HttpServer(server, port, streams);
  }

  /** The port it listens on, also when the settings said 0. */
  public int port() {
    return port;
  }

  /** Takes no more requests, lets open ones finish, and lets go of the port. */
  @Override
  public void close() {
    streams.close();
    server.stop().join();
  }

  private static void openLoopback(ServerBuilder builder, HttpSettings settings) {
    for (int port : settings.loopbackPorts()) {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      try (ServerSocket probe = new ServerSocket()) {
        probe.bind(new InetSocketAddress(loopback, port));
      } catch (IOException _) {
        LOG.warn("Port {} is taken: what is sent there does not come here", port);
        continue;
      }
      builder.http(new InetSocketAddress(loopback, port));
    }
  }

  private static void limit(ServerBuilder builder, HttpSettings settings) {
    // Each route has its own limit; of gRPC's messages each says at its start how long it is.
    builder.maxRequestLength(0);
    builder.requestTimeout(settings.requestTimeout());
    builder.idleTimeout(Duration.ofSeconds(60));
    builder.gracefulShutdownTimeout(QUIET, settings.drain());
    builder.connectionDrainDuration(Duration.ZERO);
    if (Flags.transportType() == TransportType.EPOLL) {
      builder.bossGroupFactory(PromptAcceptor::new);
    }
    builder.disableServerHeader();
    builder.errorHandler(new Problems());
  }

  private static void bind(
      ServerBuilder builder,
      Routes routes,
      OpenStreams streams,
      BodyBudget budget,
      long maxBodyBytes) {
    for (Routes.Route route : routes.all()) {
      builder
          .route()
          .path(route.path())
          .methods(methods(route.method()))
          .maxRequestLength(maxBodyBytes)
          .build(compressed(new HandlerService(route.handler(), budget)));
    }
    for (Routes.EventRoute route : routes.events()) {
      bindGet(builder, route.path(), new EventService(route.handler(), streams), maxBodyBytes);
    }
    for (Routes.DownloadRoute route : routes.downloads()) {
      bindGet(builder, route.path(), new DownloadService(route.handler(), streams), maxBodyBytes);
    }
    builder
        .route()
        .pathPrefix("/")
        .maxRequestLength(maxBodyBytes)
        .build(compressed(new HandlerService(routes::answerOther, budget)));
  }

  private static void bindGet(
      ServerBuilder builder, String path, HttpService service, long maxBodyBytes) {
    builder
        .route()
        .path(path)
        .methods(HttpMethod.GET)
        .maxRequestLength(maxBodyBytes)
        .build(service);
  }

  private static List<HttpMethod> methods(String name) {
    HttpMethod method = HttpMethod.valueOf(name);
    return method == HttpMethod.GET ? List.of(method, HttpMethod.HEAD) : List.of(method);
  }

  private static HttpService compressed(HttpService service) {
    return EncodingService.builder()
        .encodableContentTypes(HttpServer::isText)
        .minBytesToForceChunkedEncoding(1024)
        .build(service);
  }

  private static boolean isText(MediaType type) {
    String subtype = type.subtype().toLowerCase(Locale.ROOT);
    return type.type().equals("text")
        || subtype.endsWith("json")
        || subtype.endsWith("javascript")
        || subtype.endsWith("xml");
  }

  private static IOException refused(HttpSettings settings, CompletionException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        String what = io instanceof BindException || isBind(io) ? "is taken" : io.getMessage();
        return new BindException(
            "port "
                + settings.port()
                + " on "
                + settings.host()
                + " "
                + what
                + " (expected: a free port; 0 picks one)");
      }
    }
    return new IOException("the server could not start: " + e.getCause(), e);
  }

  private static boolean isBind(IOException e) {
    return String.valueOf(e.getMessage()).contains("bind");
  }

  /** Lets go at once: nothing is left to accept, and the library would wait two seconds. */
  private static final class PromptAcceptor extends MultiThreadIoEventLoopGroup {

    PromptAcceptor(String name) {
      super(1, new DefaultThreadFactory(name, true), EpollIoHandler.newFactory());
    }

    @Override
    public Future<?> shutdownGracefully() {
      return shutdownGracefully(0, 2, TimeUnit.SECONDS);
    }
  }
}
