package io.pidcheck.bot.check;

import io.pidcheck.bot.chat.Conversation;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.People;
import io.pidcheck.bot.chat.SlackProblem;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.AnswerTo.Details;
import io.pidcheck.bot.cluster.CheckJobs;
import io.pidcheck.bot.cluster.CheckJobs.Asked;
import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.NodeState;
import io.pidcheck.bot.cluster.Nodes;
import io.pidcheck.bot.message.CheckMessages;
import io.pidcheck.bot.message.DiagnosisDetails;
import io.pidcheck.bot.message.HelpMessages;
import io.pidcheck.bot.message.ProbeAnyway;
import io.pidcheck.bot.message.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The way of a question: is there such a node, a first message, a Job. What comes after the Job is
 * {@link Answers}' part, which any replica can take over.
 */
public final class Check {

  private static final Logger LOG = LoggerFactory.getLogger(Check.class);

  // The first message is due within a second; a slow API server must not keep it back.
  private static final Duration PATIENCE = Duration.ofMillis(400);

  private final Conversation conversation;
  private final People people;
  private final Nodes nodes;
  private final CheckJobs jobs;
  private final Headroom headroom;
  private final Executor threads;

  public Check(
      Conversation conversation,
      People people,
      Nodes nodes,
      CheckJobs jobs,
      Headroom headroom,
      Executor threads) {
    this.conversation = conversation;
    this.people = people;
    this.nodes = nodes;
    this.jobs = jobs;
    this.headroom = headroom;
    this.threads = threads;
  }

  /** Takes a question as far as its Job. Blocks; nothing is thrown. */
  public void start(Question question) {
    Locale locale = people.locale(question.user());
    try {
      begin(question, locale);
    } catch (SlackProblem problem) {
      LOG.atWarn()
          .addKeyValue("node", question.node())
          .addKeyValue("channel", question.channel())
          .addKeyValue("user", question.user())
          .log("cannot answer in the channel: {}", problem.getMessage());
      tell(
          question,
          problem.notLetIn()
              ? HelpMessages.notLetIn(Texts.in(locale))
              : HelpMessages.cannotStart(words(problem), Texts.in(locale)));
    }
  }

  /**
   * Starts the probe that was held back, in the message that said so. Blocks; nothing is thrown.
   *
   * @param question with force
   * @param ts the message; its button is gone with the first click
   */
  public void anyway(Question question, String ts) {
    Locale locale = people.locale(question.user());
    try {
      if (jobs.answers(question.node(), question.channel(), ts)) {
        tell(question, ProbeAnyway.already(question.node(), locale));
        return;
      }
      conversation.update(
          question.channel(),
          ts,
          CheckMessages.checking(question.node(), question.user(), Texts.in(locale)));
      AnswerTo answer = answer(question, ts, locale);
      ask(
              question,
              CompletableFuture.supplyAsync(() -> nodes.find(question.node()), threads),
              answer)
          .ifPresent(ended -> end(answer, ended));
    } catch (ClusterException | SlackProblem problem) {
      tell(question, HelpMessages.cannotStart(words(problem), Texts.in(locale)));
    }
  }

  private void begin(Question question, Locale locale) {
    CompletableFuture<Optional<NodeState>> node =
        CompletableFuture.supplyAsync(() -> nodes.find(question.node()), threads);
    if (soon(node) && !node.isCompletedExceptionally() && node.join().isEmpty()) {
      List<String> nearest = nearest(question.node());
      tell(question, HelpMessages.unknownNode(question.node(), nearest, Texts.in(locale)));
      return;
    }
    String ts =
        conversation.post(
            question.channel(),
            CheckMessages.checking(question.node(), question.user(), Texts.in(locale)));
    AnswerTo answer = answer(question, ts, locale);
    ask(question, node, answer).ifPresent(ended -> end(answer, ended));
  }

  /** Where the answer will be. Its place in the thread is taken now: see {@link Details}. */
  private AnswerTo answer(Question question, String ts, Locale locale) {
    String details =
        conversation.reply(question.channel(), ts, DiagnosisDetails.toCome(Texts.in(locale)));
    return new AnswerTo(
        question.channel(),
        ts,
        question.user(),
        locale,
        question.wish(),
        Optional.of(new Details(ts, details)));
  }

  private void end(AnswerTo answer, Message message) {
    conversation.update(answer.channel(), answer.ts(), message);
    answer.details().ifPresent(details -> conversation.delete(answer.channel(), details.ts()));
  }

  /** A message where the check ends here; empty where a Job is on its way. */
  private Optional<Message> ask(
      Question question, CompletableFuture<Optional<NodeState>> node, AnswerTo answer) {
    String name = question.node();
    try {
      if (node.join().isEmpty()) {
        return Optional.of(CheckMessages.unknownNode(name, answer, nearest(name)));
      }
      Optional<Message> heldBack =
          question.force() || jobs.standsBy(name)
              ? Optional.empty()
              : headroom.answer(name, answer);
      if (heldBack.isPresent()) {
        log("probe held back", name, answer).log();
        return heldBack;
      }
      return switch (jobs.ask(name, answer)) {
        case Asked.Started(var job) -> {
          log("check started", name, answer).addKeyValue("job", job.name()).log();
          yield Optional.empty();
        }
        case Asked.Joined(var job) -> {
          if (!job.answers().contains(answer)) {
            // somebody else's click on the same button: one answer, one place for details
            answer.details().ifPresent(it -> conversation.delete(answer.channel(), it.ts()));
          }
          log("check joined", name, answer).addKeyValue("job", job.name()).log();
          yield Optional.empty();
        }
        case Asked.Refused(var reason) -> Optional.of(CheckMessages.refused(name, answer, reason));
      };
    } catch (ClusterException | CompletionException e) {
      Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      LOG.atWarn().addKeyValue("node", name).log("cannot ask the cluster: {}", words(cause));
      return Optional.of(CheckMessages.noCluster(name, answer, words(cause)));
    }
  }

  private List<String> nearest(String name) {
    try {
      return NearestNames.of(name, nodes.names());
    } catch (ClusterException e) {
      LOG.atWarn().addKeyValue("node", name).log("cannot suggest names: {}", e.getMessage());
      return List.of();
    }
  }

  private void tell(Question question, Message message) {
    conversation.tellAsker(question.responseUrl(), question.user(), message);
  }

  private static boolean soon(CompletableFuture<?> future) {
    try {
      future.handle((value, error) -> Boolean.TRUE).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static LoggingEventBuilder log(String what, String node, AnswerTo answer) {
    return LOG.atInfo()
        .setMessage(what)
        .addKeyValue("node", node)
        .addKeyValue("user", answer.user())
        .addKeyValue("channel", answer.channel());
  }

  private static String words(Throwable problem) {
    return Objects.requireNonNullElse(problem.getMessage(), problem.getClass().getSimpleName());
  }
}
