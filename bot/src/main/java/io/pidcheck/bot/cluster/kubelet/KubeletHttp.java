package io.pidcheck.bot.cluster.kubelet;

import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.LimitedBody.TooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * One request, one connection, closed after it: a round over 5,000 kubelets leaves none open, which
 * a client with a pool would. Blocking; each request runs on a virtual thread of its own, so that
 * its deadline can interrupt it wherever it is.
 */
final class KubeletHttp {

  private static final int ERROR_BYTES = 300;

  private final SSLContext tls;
  private final Credentials credentials;
  private final Duration deadline;
  private final Semaphore connections;

  /** What is made of an answer's body. */
  interface Body<T> {
    KubeletAnswer<T> read(InputStream body) throws IOException;
  }

  /**
   * What to ask for.
   *
   * @param right that the asker needs, as RBAC has it
   */
  record Question(URI uri, String right) {}

  KubeletHttp(SSLContext tls, Credentials credentials, KubeletAccess access) {
    this.tls = tls;
    this.credentials = credentials;
    this.deadline = access.deadline();
    this.connections = new Semaphore(access.connections());
  }

  /** Asks once. Waits for a free connection; then the deadline counts. Nothing is thrown. */
  <T> KubeletAnswer<T> get(Question question, Body<T> reader) {
    try {
      connections.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return silent();
    }
    CompletableFuture<KubeletAnswer<T>> answer = new CompletableFuture<>();
    Thread asker = Thread.ofVirtual().unstarted(() -> answer(question, reader, answer));
    asker.start();
    try {
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      asker.interrupt(); // closes the socket that it waits at
      return silent();
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking " + question.uri(), e.getCause());
    } catch (InterruptedException e) {
      asker.interrupt();
      Thread.currentThread().interrupt();
      return silent();
    }
  }

  /** Gives its place free when the connection is closed, which is later than the deadline. */
  private <T> void answer(
      Question question, Body<T> reader, CompletableFuture<KubeletAnswer<T>> answer) {
    try {
      answer.complete(ask(question, reader));
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    } finally {
      connections.release();
    }
  }

  private <T> KubeletAnswer<T> ask(Question question, Body<T> reader) {
    Optional<HttpURLConnection> open = Optional.empty();
    try (OneSocket socket = new OneSocket(tls.getSocketFactory())) {
      HttpURLConnection connection = open(question.uri(), socket);
      open = Optional.of(connection);
      int status = connection.getResponseCode();
      return status == HttpURLConnection.HTTP_OK
          ? read(connection, reader)
          : refused(status, question, connection);
    } catch (IOException e) {
      return broken(e);
    } finally {
      open.ifPresent(HttpURLConnection::disconnect);
    }
  }

  private HttpURLConnection open(URI uri, OneSocket socket) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    if (connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(socket);
    }
    int millis = (int) deadline.toMillis();
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setInstanceFollowRedirects(false); // the token goes where we send it
    connection.setUseCaches(false);
    connection.setRequestProperty("Connection", "close");
    credentials
        .token()
        .ifPresent(token -> connection.setRequestProperty("Authorization", "Bearer " + token));
    return connection;
  }

  private static <T> KubeletAnswer<T> read(HttpURLConnection connection, Body<T> reader)
      throws IOException {
    try (LimitedBody body =
        new LimitedBody(connection.getInputStream(), connection.getContentLengthLong())) {
      return reader.read(body);
    } catch (UnexpectedEndOfInputException e) {
      return new NotTold<>(Lack.CUT_OFF, "");
    } catch (JacksonException e) {
      if (e.getCause() instanceof IOException broken) {
        throw broken;
      }
      return new NotTold<>(Lack.NOT_UNDERSTOOD, String.valueOf(e.getOriginalMessage()));
    }
  }

  private <T> KubeletAnswer<T> refused(
      int status, Question question, HttpURLConnection connection) {
    return switch (status) {
      case HttpURLConnection.HTTP_UNAUTHORIZED -> new NotTold<>(Lack.NOT_KNOWN, "");
      case HttpURLConnection.HTTP_FORBIDDEN -> new NotTold<>(Lack.NO_RIGHT, question.right());
      default -> new NotTold<>(Lack.ERROR, ("HTTP " + status + " " + words(connection)).strip());
    };
  }

  private static String words(HttpURLConnection connection) {
    try (InputStream error = connection.getErrorStream()) {
      return error == null
          ? ""
          : new String(error.readNBytes(ERROR_BYTES), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private <T> KubeletAnswer<T> broken(IOException e) {
    String words = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    return switch (e) {
      case TooLarge _ -> new NotTold<>(Lack.TOO_LARGE, words);
      case SocketTimeoutException _ -> silent();
      case SSLException _ when isUntrusted(e) -> new NotTold<>(Lack.NOT_TRUSTED, words);
      case java.net.ConnectException _,
          java.net.NoRouteToHostException _,
          java.net.UnknownHostException _,
          SSLException _ ->
          new NotTold<>(Lack.NO_CONNECTION, words);
      case IOException _ when words.startsWith("HTTPS hostname wrong") ->
          new NotTold<>(Lack.NOT_TRUSTED, words);
      case IOException _ -> new NotTold<>(Lack.CUT_OFF, words);
    };
  }

  private static boolean isUntrusted(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException
          || cause instanceof java.security.cert.CertPathBuilderException) {
        return true;
      }
    }
    return false;
  }

  private <T> NotTold<T> silent() {
    return new NotTold<>(Lack.SILENT, Long.toString(deadline.toMillis()));
  }
}
