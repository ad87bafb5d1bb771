package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.workspace.FileShelf;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.SlackFile;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Takes the bytes of announced files, and shows files. */
final class FileRoutes {

  private final FileShelf files;

  FileRoutes(FileShelf files) {
    this.files = files;
  }

  void mount(Router router) {
    router.post("/upload/v1/:id").handler(Bodies.upload()).handler(this::upload);
    router.get("/files/:id/:name").handler(this::show);
  }

  private void upload(RoutingContext context) {
    Buffer content = Optional.ofNullable(context.body().buffer()).orElseGet(Buffer::buffer);
    if (!files.upload(context.pathParam("id"), content)) {
      Guards.answer(context, 400, Json.refusal("upload_not_expected"));
      return;
    }
    context.response().putHeader("Content-Type", "text/plain").end("OK - " + content.length());
  }

  private void show(RoutingContext context) {
    // the id alone finds it: whoever knows a file by its id from a block need not know its name
    Optional<SlackFile> file = files.file(context.pathParam("id"));
    if (file.isEmpty()) {
      Guards.answer(context, 404, Json.refusal("file_not_found"));
      return;
    }
    // nothing in a file may run as if it were the page
    context
        .response()
        .putHeader("Content-Type", file.get().mimetype())
        .putHeader("Content-Disposition", file.get().isImage() ? "inline" : "attachment")
        .putHeader("Content-Security-Policy", "default-src 'none'; sandbox")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cache-Control", "private, max-age=3600")
        .end(file.get().content());
  }
}
