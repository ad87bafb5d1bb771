package io.pidcheck.bot.incident;

import io.pidcheck.bot.incident.Note.Kind;
import io.pidcheck.probe.report.ShortKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happens to one node, from the first sign to its end: one message, one thread.
 *
 * @param id unique, and fit for a name in Kubernetes
 * @param set the watched DaemonSet that restarted; empty where none did yet
 * @param restarts since it began; 0 while only the PIDs are short
 * @param reason why it restarted last, a key of {@code restart.}; empty while not looked at
 * @param shortage the last sign that PIDs are short
 * @param post its message; empty before the bot sets out to post it
 * @param deletedAt when its message was found to be deleted; empty once it is to be posted anew
 * @param storm told in the summary of many nodes instead of in a message of its own
 * @param checkedAt when the node was last checked for it
 * @param remedied what was done to the node last, since it began
 * @param noted how many notes there have been
 * @param notes not yet known to be in the thread
 * @param end once it is over
 */
public record Incident(
    String id,
    String node,
    Subject type,
    String set,
    Instant openedAt,
    int restarts,
    Optional<Instant> firstRestart,
    Optional<Instant> lastRestart,
    String reason,
    Optional<Shortage> shortage,
    Optional<Post> post,
    Optional<Instant> deletedAt,
    boolean storm,
    Optional<Instant> checkedAt,
    Optional<Remedied> remedied,
    int noted,
    List<Note> notes,
    Optional<End> end) {

  private static final String OUT_OF_PIDS = "PID_EXHAUSTION";

  /** What it is about. */
  public enum Subject {
    /** A watched container was restarted, or PIDs are short, or both. */
    TROUBLE,
    /** The node was rebooted: no restart, and told as that. */
    REBOOT
  }

  /**
   * A sign that PIDs are short.
   *
   * @param free left of kernel.pid_max by the kubelet's figures; -1 where an event told instead
   * @param limit kernel.pid_max; 0 where an event told
   * @param words the event's; foreign text
   */
  public record Shortage(Instant at, long free, long limit, String words) {

    /** By figures. */
    public static Shortage counted(Instant at, long free, long limit) {
      return new Shortage(at, free, limit, "");
    }

    /** By an event's words. */
    public static Shortage told(Instant at, String words) {
      return new Shortage(at, -1, 0, words);
    }

    public boolean isCounted() {
      return free >= 0;
    }
  }

  /**
   * How it ended.
   *
   * @param by Slack user id of whoever remedied it; empty where nobody did
   * @param remedy what was done, in the remedy's own words; foreign text; empty for nothing
   */
  public record End(Instant at, Reason reason, String by, String remedy) {

    /** Why it is over. */
    public enum Reason {
      CALM,
      NODE_GONE,
      TOLD
    }
  }

  public Incident {
    notes = List.copyOf(notes);
  }

  /** A new one, about which nothing is known but its node and time. */
  public static Incident open(String node, String set, Instant at) {
    return new Incident(
        ShortKey.ofNode(node) + "-" + Long.toString(at.toEpochMilli(), Character.MAX_RADIX),
        node,
        Subject.TROUBLE,
        set,
        at,
        0,
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        0,
        List.of(),
        Optional.empty());
  }

  public boolean ongoing() {
    return end.isEmpty();
  }

  /** Its message is in the channel, for certain. */
  public boolean told() {
    return post.filter(Post::known).isPresent();
  }

  /** It restarted, and why has not been looked at yet. */
  public boolean unexplained() {
    return restarts > 0 && reason.isEmpty();
  }

  /** PIDs are short, as far as is known; all else is a warning. */
  public boolean critical() {
    return shortage.isPresent() || reason.equals(OUT_OF_PIDS);
  }

  /** The same with {@code times} restarts more, and why is to be looked at again. */
  public Incident restarted(String which, int times, Instant at) {
    return new Change(this)
        .set(which)
        .restarts(restarts + times)
        .firstRestart(firstRestart.or(() -> Optional.of(at)))
        .lastRestart(Optional.of(at))
        .reason("")
        .made();
  }

  public Incident because(String why) {
    return new Change(this).reason(why).made();
  }

  public Incident shortOf(Shortage sign) {
    return new Change(this).shortage(Optional.of(sign)).made();
  }

  public Incident asReboot() {
    return new Change(this).type(Subject.REBOOT).made();
  }

  /** Its message is, or is about to be, there: what it already says needs no line of its own. */
  public Incident posted(Post where) {
    return new Change(this)
        .post(Optional.of(where))
        .notes(told() ? notes : notes.stream().filter(note -> !note.kind().inFirstPost()).toList())
        .made();
  }

  /** Somebody deleted its message: until the next sign there is nobody to tell. */
  public Incident deleted(Instant at) {
    return new Change(this).deletedAt(Optional.of(at)).notes(signs()).made();
  }

  /** There was a new sign after its message had been deleted: it is posted as if never before. */
  public Incident anew() {
    return new Change(this)
        .post(Optional.empty())
        .deletedAt(Optional.empty())
        .checkedAt(Optional.empty())
        .notes(signs())
        .made();
  }

  /** The lines that wait and tell of a new sign of trouble. */
  public List<Note> signs() {
    return notes.stream().filter(note -> note.kind().inFirstPost()).toList();
  }

  /** Told with others from now on; it has no message of its own. */
  public Incident inStorm() {
    return new Change(this).storm(true).post(Optional.empty()).made();
  }

  public Incident checked(Instant at) {
    return new Change(this).checkedAt(Optional.of(at)).made();
  }

  /** Somebody did something to the node. */
  public Incident remedied(Remedied what) {
    return new Change(this).remedied(Optional.of(what)).made();
  }

  public Incident ended(End how) {
    return new Change(this).end(Optional.of(how)).made();
  }

  /** With one more line for the thread; of lines that wait, the newest restart stands for all. */
  public Incident noting(Kind kind, Instant at, String words) {
    List<Note> lines = new ArrayList<>(notes);
    lines.removeIf(
        note -> note.kind() == kind && note.post().isEmpty() && kind == Kind.RESTARTED_AGAIN);
    lines.add(new Note(noted + 1, kind, at, restarts, words, Optional.empty(), Optional.empty()));
    return new Change(this).noted(noted + 1).notes(lines).made();
  }

  /** With one more line for the thread: somebody did something to the node. */
  public Incident noting(Remedied what) {
    List<Note> lines = new ArrayList<>(notes);
    lines.add(
        new Note(
            noted + 1,
            Kind.REMEDIED,
            what.at(),
            restarts,
            what.what(),
            Optional.of(what),
            Optional.empty()));
    return new Change(this).noted(noted + 1).notes(lines).made();
  }

  public Incident notePosting(int number, Post begun) {
    return new Change(this)
        .notes(
            notes.stream().map(note -> note.number() == number ? note.with(begun) : note).toList())
        .made();
  }

  public Incident noteDone(int number) {
    return new Change(this)
        .notes(notes.stream().filter(note -> note.number() != number).toList())
        .made();
  }
}
