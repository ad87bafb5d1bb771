package io.pidcheck.bot.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.usergroups.users.UsergroupsUsersListResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is in a user group. Scope: usergroups:read. */
public final class Groups {

  private static final Logger LOG = LoggerFactory.getLogger(Groups.class);

  /** Who leaves a group may act for no longer than this. */
  private static final Duration REMEMBERED = Duration.ofSeconds(60);

  private static final int MOST = 1_000;

  private final MethodsClient methods;
  private final Cache<String, Set<String>> members;

  public Groups(MethodsClient methods, Clock clock) {
    this.methods = methods;
    members =
        Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .maximumSize(MOST)
            .build();
  }

  /**
   * The members' user ids; empty where Slack does not tell, which is nobody's right to anything.
   */
  public Optional<Set<String>> members(String group) {
    Set<String> known = members.getIfPresent(group);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Set<String>> asked = ask(group);
    asked.ifPresent(users -> members.put(group, users));
    return asked;
  }

  private Optional<Set<String>> ask(String group) {
    try {
      UsergroupsUsersListResponse response =
          methods.usergroupsUsersList(request -> request.usergroup(group));
      if (response.isOk() && response.getUsers() != null) {
        return Optional.of(Set.copyOf(response.getUsers()));
      }
      LOG.atWarn().addKeyValue("group", group).log("members unknown: {}", response.getError());
    } catch (IOException | SlackApiException e) {
      LOG.atWarn().addKeyValue("group", group).log("members unknown: {}", e.getMessage());
    }
    return Optional.empty();
  }
}
