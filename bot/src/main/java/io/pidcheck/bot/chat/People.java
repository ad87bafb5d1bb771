package io.pidcheck.bot.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.users.UsersInfoResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What is to be known of the people who ask. Scope: users:read. */
public final class People {

  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final int MOST = 10_000;

  private final MethodsClient methods;
  private final Locale byDefault;
  private final Cache<String, Locale> locales =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST).build();

  public People(MethodsClient methods, Locale byDefault) {
    this.methods = methods;
    this.byDefault = byDefault;
  }

  /** The language a user has Slack in; the setting's where Slack does not tell. */
  public Locale locale(String user) {
    Locale known = locales.getIfPresent(user);
    if (known != null) {
      return known;
    }
    Optional<Locale> asked = ask(user);
    asked.ifPresent(locale -> locales.put(user, locale));
    return asked.orElse(byDefault);
  }

  // Slack: payloads carry no locale; users.info does with include_locale.
  private Optional<Locale> ask(String user) {
    try {
      UsersInfoResponse response =
          methods.usersInfo(request -> request.user(user).includeLocale(true));
      return Optional.of(response)
          .filter(UsersInfoResponse::isOk)
          .map(ok -> ok.getUser().getLocale())
          .map(Locale::forLanguageTag);
    } catch (IOException | SlackApiException e) {
      return Optional.empty();
    }
  }
}
