package io.pidcheck.bot.check;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pidcheck.bot.chat.Conversation;
import io.pidcheck.bot.chat.People;
import io.pidcheck.bot.chat.SlackProblem;
import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.Nodes;
import io.pidcheck.bot.cluster.kubelet.NodeReading;
import io.pidcheck.bot.cluster.kubelet.Survey;
import io.pidcheck.bot.message.HelpMessages;
import io.pidcheck.bot.message.NodesMessage;
import io.pidcheck.bot.message.Texts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All nodes by how full they are, from the kubelets' own figures; nothing is started on any. */
public final class Overview {

  private static final Logger LOG = LoggerFactory.getLogger(Overview.class);
  // Turning a page asks nobody anew for so long.
  private static final Duration FRESH = Duration.ofMinutes(2);
  private static final int MOST = 100;

  private final Conversation conversation;
  private final People people;
  private final Nodes nodes;
  private final Survey survey;
  private final Clock clock;
  // Only to save work: what it forgets is asked for again.
  private final Cache<String, Surveyed> surveyed =
      Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(MOST).build();

  private record Surveyed(List<NodeReading> readings, Instant at) {}

  public Overview(
      Conversation conversation, People people, Nodes nodes, Survey survey, Clock clock) {
    this.conversation = conversation;
    this.people = people;
    this.nodes = nodes;
    this.survey = survey;
    this.clock = clock;
  }

  /** Posts the first page. Blocks for as long as a survey takes; nothing is thrown. */
  public void start(String channel, String user, String responseUrl) {
    Texts texts = Texts.in(people.locale(user));
    try {
      String ts = conversation.post(channel, NodesMessage.asking(user, texts));
      show(channel, ts, user, 0);
    } catch (SlackProblem problem) {
      LOG.atWarn()
          .addKeyValue("channel", channel)
          .addKeyValue("user", user)
          .log("cannot list the nodes there: {}", problem.getMessage());
      conversation.tellAsker(
          responseUrl,
          user,
          problem.notLetIn()
              ? HelpMessages.notLetIn(texts)
              : HelpMessages.cannotStart(String.valueOf(problem.getMessage()), texts));
    }
  }

  /**
   * Turns to a page of a list that is there.
   *
   * @param user who asked or clicked: the page is in that person's language
   */
  public void turn(String channel, String ts, String user, int page) {
    try {
      show(channel, ts, user, page);
    } catch (SlackProblem problem) {
      LOG.atWarn()
          .addKeyValue("channel", channel)
          .log("cannot turn the page: {}", problem.getMessage());
    }
  }

  private void show(String channel, String ts, String user, int page) {
    Texts texts = Texts.in(people.locale(user));
    try {
      Surveyed all = surveyed.get(channel + " " + ts, key -> ask());
      conversation.update(
          channel,
          ts,
          NodesMessage.page(all.readings(), page, new NodesMessage.Asked(user, all.at()), texts));
    } catch (ClusterException e) {
      LOG.atWarn().log("cannot list the nodes: {}", e.getMessage());
      conversation.update(
          channel, ts, NodesMessage.noCluster(String.valueOf(e.getMessage()), texts));
    }
  }

  private Surveyed ask() {
    return new Surveyed(survey.of(nodes.kubelets()), clock.instant());
  }
}
