package io.pidcheck.bot.cluster;

import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Story;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One remedy, as its Job in the cluster tells it.
 *
 * @param reported nothing more will be said or done about it
 * @param createdAt when it was asked for
 * @param means who does it on the node
 * @param version the Job's resourceVersion: whoever changes it must have seen this state
 */
public record RemedyJob(
    String name,
    Remedy remedy,
    Request request,
    Story story,
    boolean reported,
    Instant createdAt,
    CheckJob.State state,
    Means means,
    String version) {

  /**
   * Who asked for it, and where that is told.
   *
   * @param dryRun everything but the act
   * @param secondNeeded it waits until somebody else who may act approves it
   * @param place the message with the button; its user is the requester
   * @param thread the timestamp of the thread's first message
   * @param diagnosis what else stands in that message; empty where that is not known any more
   */
  public record Request(
      boolean dryRun, boolean secondNeeded, AnswerTo place, String thread, String diagnosis) {

    public String user() {
      return place.user();
    }
  }

  public String node() {
    return remedy.seen().node();
  }

  /** It waits for a second person. */
  public boolean waits() {
    return story.released().isEmpty() && story.ending().isEmpty();
  }

  /** As a check, to see how its pod fares: nothing is expected of it before its release. */
  public CheckJob run() {
    Instant began = story.released().map(Story.Approval::at).orElse(createdAt);
    return new CheckJob(
        name, node(), List.of(), Optional.empty(), reported, began, state, means, version);
  }

  /** The node's path of a file that the program names by its path in the container. */
  public String onNode(String inside) {
    return RemedyFiles.onNode(remedy, inside);
  }

  /** The same, further. */
  public RemedyJob with(Story further) {
    return new RemedyJob(
        name, remedy, request, further, reported, createdAt, state, means, version);
  }

  RemedyJob deleted() {
    return new RemedyJob(
        name,
        remedy,
        request,
        story,
        reported,
        createdAt,
        new CheckJob.State.Deleted(),
        means,
        version);
  }
}
