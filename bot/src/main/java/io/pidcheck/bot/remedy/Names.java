package io.pidcheck.bot.remedy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whom a right is given to.
 *
 * @param everyone the wildcard, which is only ever alone
 * @param users Slack user ids, U...
 * @param groups Slack user group ids, S...
 */
public record Names(boolean everyone, Set<String> users, Set<String> groups) {

  public static final Names NOBODY = new Names(false, Set.of(), Set.of());
  public static final Names EVERYONE = new Names(true, Set.of(), Set.of());

  public Names {
    users = Set.copyOf(users);
    groups = Set.copyOf(groups);
  }

  public Names and(Names others) {
    return new Names(
        everyone || others.everyone,
        Stream.concat(users.stream(), others.users.stream()).collect(Collectors.toSet()),
        Stream.concat(groups.stream(), others.groups.stream()).collect(Collectors.toSet()));
  }
}
