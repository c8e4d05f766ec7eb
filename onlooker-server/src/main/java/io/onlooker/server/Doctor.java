package io.onlooker.server;

import io.onlooker.server.access.SettingsCheck;
import io.onlooker.store.embedded.Checkup;
import io.onlooker.store.embedded.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks at a data folder and what is around it; changes nothing. */
final class Doctor {

  private static final long MEBI = 1024 * 1024;

  /** Below it batches are refused. */
  private static final long LITTLE = 256 * MEBI;

  private static final long SOME = 2048 * MEBI;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Path data;
  private final int port;
  private final Instant now;
  private final List<Finding> findings = new ArrayList<>();

  private Doctor(Path data, int port, Instant now) {
    this.data = data.toAbsolutePath().normalize();
    this.port = port;
    this.now = now;
  }

  static List<Finding> examine(Path data, int port, Instant now) {
    Doctor doctor = new Doctor(data, port, now);
    if (doctor.folder()) {
      doctor.space();
      doctor.clock();
      doctor.findings.addAll(SettingsCheck.of(doctor.data.resolve("settings.db")));
      doctor.findings.addAll(Checkup.of(doctor.data.resolve("store")));
    }
    doctor.port();
    return List.copyOf(doctor.findings);
  }

  private boolean folder() {
    if (!Files.isDirectory(data)) {
      findings.add(
          Finding.fault(
              "folder",
              data + " is not a folder",
              "name the server's data folder with --data, or start the server once to make it"));
      return false;
    }
    try (Stream<Path> all = Files.walk(data)) {
      List<Path> closed =
          all.filter(path -> !Files.isReadable(path) || !Files.isWritable(path)).toList();
      if (closed.isEmpty()) {
        findings.add(Finding.ok("folder", data + " can be read and written"));
      } else {
        findings.add(forbidden(closed.getFirst() + " cannot be read and written by this user"));
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      findings.add(forbidden(data + " cannot be read: " + e.getMessage()));
    }
    return true;
  }

  private Finding forbidden(String text) {
    return Finding.fault(
        "folder", text, "run as the server's user, or give it the folder: chown -R USER " + data);
  }

  private void space() {
    try {
      long free = Files.getFileStore(data).getUsableSpace();
      String text = free / MEBI + " MiB are free";
      String remedy =
          "make room, keep less with --retention, or move the folder to a larger disk; a running"
              + " server goes on by itself";
      if (free < LITTLE) {
        String what = text + ", and below " + LITTLE / MEBI + " MiB what is sent is refused";
        findings.add(Finding.fault("disk", what, remedy));
      } else if (free < SOME) {
        findings.add(Finding.warning("disk", text, remedy));
      } else {
        findings.add(Finding.ok("disk", text));
      }
    } catch (IOException e) {
      findings.add(
          Finding.warning("disk", "free space is unknown: " + e.getMessage(), "look with df"));
    }
  }

  /** A file of tomorrow was written by a clock that was ahead, or ours is behind. */
  private void clock() {
    try (Stream<Path> all = Files.walk(data)) {
      Instant newest = Instant.MIN;
      for (Path path : all.toList()) {
        Instant changed = Files.getLastModifiedTime(path).toInstant();
        newest = changed.isAfter(newest) ? changed : newest;
      }
      if (newest.isAfter(now.plus(Duration.ofMinutes(2)))) {
        findings.add(
            Finding.fault(
                "clock",
                "it is " + now + " here, but a file of the folder was written at " + newest,
                "set this machine's clock (timedatectl, NTP): retention and quotas go by it"));
      } else {
        findings.add(Finding.ok("clock", "no file is newer than now"));
      }
    } catch (IOException | java.io.UncheckedIOException _) {
      // A file that went meanwhile, or that may not be read, which is told elsewhere.
      findings.add(Finding.ok("clock", "not compared with the files"));
    }
  }

  private void port() {
    try (Socket socket = new Socket()) {
      InetAddress here = InetAddress.getLoopbackAddress();
      socket.connect(new InetSocketAddress(here, port), (int) PATIENCE.toMillis());
    } catch (IOException _) {
      findings.add(Finding.ok("port", "nobody listens on port " + port + " of this machine"));
      return;
    }
    if (answers()) {
      findings.add(Finding.ok("port", "a server of Onlooker answers on port " + port));
    } else {
      findings.add(
          Finding.fault(
              "port",
              "another program listens on port " + port,
              "stop it, or start the server with another --port"));
    }
  }

  private boolean answers() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
            .timeout(PATIENCE)
            .build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 && answer.body().contains("\"status\":\"ok\"");
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
