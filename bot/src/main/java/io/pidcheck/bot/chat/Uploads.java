package io.pidcheck.bot.chat;

import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest.FileDetails;
import com.slack.api.methods.response.files.FilesGetUploadURLExternalResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Files, in Slack's three steps: ask where to, send the bytes, share. Only the last one is seen by
 * people, so the first two may be done again. Scope: files:write.
 */
public final class Uploads {

  private static final MediaType BYTES = MediaType.get("application/octet-stream");
  private static final int RATE_LIMITED = 429;
  private static final String UPLOAD = "upload";

  private final Slack slack;
  private final MethodsClient methods;

  public Uploads(Slack slack, String botToken) {
    this.slack = slack;
    this.methods = slack.methods(botToken);
  }

  /**
   * Brings a file to Slack; nobody sees it yet.
   *
   * @return the file's id
   * @throws SlackProblem when Slack refuses or cannot be reached
   */
  public String upload(Attachment file) {
    FilesGetUploadURLExternalResponse place =
        Conversation.call(
            "files.getUploadURLExternal",
            () ->
                methods.filesGetUploadURLExternal(
                    request ->
                        request
                            .filename(file.name())
                            .length(file.length())
                            .altTxt(file.altText().isEmpty() ? null : file.altText())));
    send(place.getUploadUrl(), file);
    return place.getFileId();
  }

  private void send(String url, Attachment file) {
    byte[] bytes = new byte[file.length()];
    file.content().get(bytes);
    Request request = new Request.Builder().url(url).post(RequestBody.create(bytes, BYTES)).build();
    try (Response response = slack.getHttpClient().getOkHttpClient().newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw response.code() == RATE_LIMITED
            ? new SlackProblem(UPLOAD, new IOException("HTTP " + RATE_LIMITED))
            : new SlackProblem(UPLOAD, "HTTP " + response.code());
      }
    } catch (IOException e) {
      throw new SlackProblem(UPLOAD, e);
    }
  }

  /**
   * Shares uploaded files in a thread, in one message. The bot must be in the channel.
   *
   * @param ids of {@link #upload}
   * @param titles in the order of the ids
   * @throws SlackProblem when Slack refuses or cannot be reached
   */
  public void share(List<String> ids, List<String> titles, String channel, String thread) {
    List<FileDetails> files = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      String title = i < titles.size() ? titles.get(i) : ids.get(i);
      files.add(FileDetails.builder().id(ids.get(i)).title(title).build());
    }
    Conversation.call(
        "files.completeUploadExternal",
        () ->
            methods.filesCompleteUploadExternal(
                request -> request.files(files).channelId(channel).threadTs(thread)));
  }
}
