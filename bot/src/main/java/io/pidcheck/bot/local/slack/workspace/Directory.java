package io.pidcheck.bot.local.slack.workspace;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who and what is in the workspace: fixed, but for the channels that the bot is invited to. */
public final class Directory {

  public static final String TEAM_ID = "T0PIDCHECK";
  public static final String TEAM_NAME = "Local workspace";
  public static final String TEAM_DOMAIN = "local";
  public static final String APP_ID = "A0PIDCHECK";
  public static final String BOT_ID = "B0PIDCHECK";
  public static final String SLACKBOT = "USLACKBOT";

  public static final Member BOT =
      new Member("U0PIDCHECK", "pidcheck", "pidcheck", "en-US", "app", "#3f7f5f");

  private static final List<Member> PEOPLE =
      List.of(
          new Member("U0ALEX", "alex", "Alex Morgan", "en-US", "on-call engineer", "#2b6cb0"),
          new Member("U0LIWEI", "li.wei", "李伟", "zh-CN", "on-call engineer", "#b7791f"),
          new Member("U0GUEST", "guest", "Sam Guest", "en-US", "guest, no rights", "#718096"));

  private static final List<Channel> CHANNELS =
      List.of(
          new Channel("C0ALERTS", "k8s-alerts", "Alerts of the clusters", Optional.empty()),
          new Channel("C0GENERAL", "general", "Everyone and everything", Optional.empty()),
          directMessages("D0ALEX", "U0ALEX"),
          directMessages("D0LIWEI", "U0LIWEI"),
          directMessages("D0GUEST", "U0GUEST"));

  private static final List<UserGroup> GROUPS =
      List.of(new UserGroup("S0SRE", "sre-oncall", "SRE on-call", List.of("U0ALEX", "U0LIWEI")));

  private final Set<String> channelsOfBot =
      new HashSet<>(Set.of("C0ALERTS", "D0ALEX", "D0LIWEI", "D0GUEST"));

  private static Channel directMessages(String id, String user) {
    return new Channel(id, BOT.name(), "", Optional.of(user));
  }

  public List<Member> people() {
    return PEOPLE;
  }

  public List<Channel> channels() {
    return CHANNELS;
  }

  public List<UserGroup> groups() {
    return GROUPS;
  }

  public Optional<Member> person(String id) {
    return PEOPLE.stream().filter(person -> person.id().equals(id)).findFirst();
  }

  /** A person or the bot. */
  public Optional<Member> member(String id) {
    return id.equals(BOT.id()) ? Optional.of(BOT) : person(id);
  }

  public Optional<Channel> channel(String id) {
    return CHANNELS.stream().filter(channel -> channel.id().equals(id)).findFirst();
  }

  public Optional<Channel> directMessagesWith(String user) {
    return CHANNELS.stream().filter(c -> c.user().equals(Optional.of(user))).findFirst();
  }

  public Optional<UserGroup> group(String id) {
    return GROUPS.stream().filter(group -> group.id().equals(id)).findFirst();
  }

  public boolean botIsIn(Channel channel) {
    return channelsOfBot.contains(channel.id());
  }

  /** Returns false when the bot was there already. */
  public boolean inviteBot(Channel channel) {
    return channelsOfBot.add(channel.id());
  }
}
