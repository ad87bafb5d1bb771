package io.pidcheck.bot.remedy;

import io.pidcheck.bot.act.ActJson;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.chat.Conversation;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.People;
import io.pidcheck.bot.check.Check;
import io.pidcheck.bot.check.Question;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.AnswerTo.Wish;
import io.pidcheck.bot.cluster.CheckJobs;
import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.NodePod;
import io.pidcheck.bot.cluster.NodePods;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.cluster.RemedyJob.Request;
import io.pidcheck.bot.cluster.RemedyJobs;
import io.pidcheck.bot.cluster.RemedyJobs.Claim;
import io.pidcheck.bot.cluster.Shown;
import io.pidcheck.bot.message.RemedyButtons;
import io.pidcheck.bot.message.RemedyReplies;
import io.pidcheck.bot.message.Texts;
import io.pidcheck.bot.remedy.Decision.Denied;
import io.pidcheck.bot.remedy.Guard.Objection;
import io.pidcheck.bot.remedy.Guard.Present;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a click to a claimed act, or to why not. Everything is decided here, at the click, and
 * whoever is refused is told so alone.
 */
public final class Requests {

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  /** What the cluster is asked and told. */
  public record Cluster(RemedyJobs remedies, CheckJobs checks, NodePods pods) {}

  /** Who is spoken to, and who may. */
  public record Talk(Conversation conversation, People people, Authority authority, Check check) {}

  /** What happens after the claim. */
  public record Course(Remedies remedies, Audit audit, Rules rules, Clock clock) {}

  private final Cluster cluster;
  private final Talk talk;
  private final Course course;

  public Requests(Cluster cluster, Talk talk, Course course) {
    this.cluster = cluster;
    this.talk = talk;
    this.course = course;
  }

  /** Takes care of a click. Blocks; nothing is thrown. */
  public void clicked(Click click) {
    try {
      handle(click);
    } catch (ClusterException e) {
      LOG.atWarn().addKeyValue("user", click.user()).log("a click: {}", e.getMessage());
      tell(click, replies(click).noCluster(Objects.requireNonNullElse(e.getMessage(), "")));
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("user", click.user()).setCause(e).log("a click failed");
      tell(click, replies(click).failed());
    }
  }

  private void handle(Click click) {
    if (click.action().startsWith(RemedyButtons.ACT)) {
      act(click);
      return;
    }
    switch (click.action()) {
      case RemedyButtons.RECHECK -> recheck(click);
      case RemedyButtons.APPROVE -> approve(click);
      case RemedyButtons.CANCEL -> cancel(click);
      default -> tell(click, replies(click).unreadable());
    }
  }

  private void recheck(Click click) {
    if (talk.authority().toLook(click.user()) instanceof Denied denied) {
      tell(click, denied("LOOK", click, denied));
      return;
    }
    talk.check()
        .start(
            new Question(
                click.value(), Wish.CHECK, click.channel(), click.user(), click.responseUrl()));
  }

  private void act(Click click) {
    Optional<Remedy> remedy = ActJson.remedy(click.value());
    if (remedy.isEmpty()) {
      tell(click, replies(click).unreadable());
    } else if (may(click, remedy.get()) && nothingAgainst(click, remedy.get())) {
      claim(click, remedy.get());
    }
  }

  private boolean may(Click click, Remedy remedy) {
    if (talk.authority().toAct(click.user(), remedy) instanceof Denied denied) {
      tell(click, denied("ACT", click, denied));
      course.audit().refused(remedy, click.user(), denied.cause().name());
      return false;
    }
    return true;
  }

  private boolean nothingAgainst(Click click, Remedy remedy) {
    String node = remedy.seen().node();
    Present present =
        new Present(course.clock().instant(), cluster.pods().bootId(node), cluster.pods().on(node));
    Optional<Objection> objection = new Guard(course.rules()).against(remedy, present);
    objection.ifPresent(
        found -> {
          tell(click, words(found, click, remedy));
          course.audit().refused(remedy, click.user(), found.getClass().getSimpleName());
        });
    return objection.isEmpty();
  }

  private Message words(Objection objection, Click click, Remedy remedy) {
    RemedyReplies replies = replies(click);
    String node = remedy.seen().node();
    return switch (objection) {
      case Objection.TooOld(var age) -> replies.tooOld(node, age, course.rules().evidenceMaxAge());
      case Objection.Rebooted() -> replies.rebooted(node);
      case Objection.Protected(var why, var pid, var comm) -> replies.protectedFrom(why, pid, comm);
    };
  }

  private void claim(Click click, Remedy remedy) {
    Claim claim = cluster.remedies().claim(remedy, request(click, remedy), terms(remedy));
    switch (claim) {
      case Claim.Claimed(RemedyJob job) -> course.remedies().changed(job);
      case Claim.Taken(RemedyJob by) -> tell(click, replies(click).taken(by));
      case Claim.Refused(String reason) -> tell(click, replies(click).notTaken(reason));
    }
  }

  /** calico-node and the control plane are also protected by the program on the node. */
  private RemedyJobs.Terms terms(Remedy remedy) {
    return new RemedyJobs.Terms(
        course.rules().approvalExpiry(),
        cluster.pods().on(remedy.seen().node()).stream()
            .filter(pod -> pod.calicoNode() || pod.mirror())
            .map(NodePod::uid)
            .toList());
  }

  private Request request(Click click, Remedy remedy) {
    Optional<Shown> shown =
        cluster.checks().shown(remedy.seen().check(), click.channel(), click.ts());
    AnswerTo place =
        new AnswerTo(
            click.channel(),
            click.ts(),
            click.user(),
            shown
                .map(message -> message.answer().locale())
                .orElseGet(() -> talk.people().locale(click.user())));
    return new Request(
        course.rules().dryRun(),
        course.rules().needsSecond(remedy),
        place,
        click.thread(),
        shown.map(Shown::message).orElse(""));
  }

  private void approve(Click click) {
    Optional<RemedyJob> waiting = waiting(click);
    if (waiting.isEmpty() || !may(click, waiting.get().remedy())) {
      return;
    }
    RemedyJob job = waiting.get();
    if (job.request().user().equals(click.user())) {
      tell(click, replies(click).ownApproval());
      course.audit().refused(job.remedy(), click.user(), "OWN_APPROVAL");
    } else if (nothingAgainst(click, job.remedy())) {
      release(click, job);
    }
  }

  private void release(Click click, RemedyJob job) {
    course.remedies().releasing(job, click.user());
    Optional<RemedyJob> released = cluster.remedies().release(job, click.user());
    if (released.isEmpty()) {
      tell(click, replies(click).notWaiting());
      return;
    }
    course.remedies().changed(released.get());
  }

  private void cancel(Click click) {
    Optional<RemedyJob> waiting = waiting(click);
    if (waiting.isPresent() && may(click, waiting.get().remedy())) {
      course.remedies().cancel(waiting.get(), click.user());
    }
  }

  private Optional<RemedyJob> waiting(Click click) {
    Optional<RemedyJob> job =
        cluster
            .remedies()
            .find(click.value())
            .filter(RemedyJob::waits)
            .filter(found -> !course.remedies().expired(found));
    if (job.isEmpty()) {
      tell(click, replies(click).notWaiting());
    }
    return job;
  }

  private Message denied(String what, Click click, Denied denied) {
    return replies(click)
        .denied(what, denied.cause().name(), denied.who().users(), denied.who().groups());
  }

  private RemedyReplies replies(Click click) {
    return new RemedyReplies(Texts.in(talk.people().locale(click.user())));
  }

  private void tell(Click click, Message message) {
    talk.conversation().tellAsker(click.responseUrl(), click.user(), message);
  }
}
