package io.pidcheck.probe.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which names of options, variables, fields and headers stand for a secret. A name is looked at
 * word by word ({@code db-password}, {@code DB_PASSWORD}, {@code dbPassword}), so that {@code
 * --tokenizer} and {@code --author} stay what they are.
 */
final class SecretNames {

  /** Secret wherever they stand in a name. */
  private static final Set<String> ANYWHERE =
      Set.of(
          "password",
          "passwords",
          "passwd",
          "passphrase",
          "passcode",
          "passwort",
          "pwd",
          "pw",
          "secret",
          "secrets",
          "credential",
          "credentials",
          "creds",
          "cred",
          "psk");

  /** Secret as a name's last word only: {@code --proxy-auth}, but not {@code --auth-mode}. */
  private static final Set<String> LAST =
      Set.of(
          "pass",
          "token",
          "tokens",
          "auth",
          "authorization",
          "bearer",
          "cookie",
          "cookies",
          "jwt",
          "sas",
          "sig",
          "signature",
          "passin",
          "passout",
          "masterauth",
          "sessionid",
          "jsessionid",
          "setcookie",
          "apikeys");

  /** Secret inside a longer word, where people write without separators. */
  private static final String[] STEMS = {
    "password",
    "passwd",
    "passphrase",
    "secret",
    "credential",
    "apikey",
    "accesskey",
    "accountkey",
    "privatekey",
    "encryptionkey",
    "signingkey",
    "sharedkey",
    "masterkey",
    "authkey"
  };

  /** With {@code key} after it. */
  private static final Set<String> KEYS =
      Set.of(
          "access",
          "account",
          "admin",
          "aes",
          "api",
          "app",
          "auth",
          "client",
          "consumer",
          "crypt",
          "crypto",
          "deploy",
          "des",
          "encryption",
          "function",
          "hmac",
          "host",
          "jwt",
          "license",
          "master",
          "private",
          "secret",
          "service",
          "session",
          "shared",
          "signing",
          "ssh",
          "storage",
          "subscription",
          "webhook");

  /** In a URL's query the shortest names are secrets, too. */
  private static final Set<String> QUERY = Set.of("key", "code", "sig", "signature", "auth");

  /** A name that ends so tells about a secret, and is none: {@code --token-file}. */
  private static final Set<String> HARMLESS_END =
      Set.of(
          "account",
          "alg",
          "algorithm",
          "audience",
          "audiences",
          "class",
          "cmd",
          "command",
          "count",
          "dir",
          "directory",
          "disabled",
          "duration",
          "enabled",
          "endpoint",
          "env",
          "expiration",
          "expiry",
          "field",
          "file",
          "files",
          "format",
          "header",
          "helper",
          "host",
          "id",
          "ids",
          "interval",
          "issuer",
          "length",
          "limit",
          "location",
          "manager",
          "max",
          "method",
          "min",
          "mode",
          "name",
          "names",
          "namespace",
          "param",
          "path",
          "plugin",
          "policy",
          "port",
          "prefix",
          "prompt",
          "protected",
          "provider",
          "ref",
          "required",
          "resolver",
          "rotation",
          "scope",
          "size",
          "source",
          "stdin",
          "store",
          "timeout",
          "ttl",
          "type",
          "uri",
          "url",
          "user",
          "username",
          "version",
          "webhook");

  /** May follow a name's last word: {@code API_TOKEN_PROD}. */
  private static final Set<String> SUFFIXES =
      Set.of(
          "base", "base64", "b64", "dev", "hash", "live", "prod", "raw", "staging", "string",
          "test", "text", "value");

  private static final Set<String> ORDINARY =
      Set.of("bypass", "compass", "overpass", "secretariat", "secretary", "underpass");

  private SecretNames() {}

  /**
   * @param name as it is written, with any dashes, {@code -D} or prefix before it
   */
  static boolean isSecret(String name) {
    List<String> words = words(name);
    int last = words.size() - 1;
    while (last > 0 && isSuffix(words.get(last))) {
      last--;
    }
    if (last < 0 || HARMLESS_END.contains(words.get(last))) {
      return false;
    }
    for (int i = 0; i <= last; i++) {
      if (ANYWHERE.contains(words.get(i)) || hasStem(words.get(i))) {
        return true;
      }
    }
    return isSecretLast(words, last);
  }

  /** For a name after {@code ?} or {@code &}. */
  static boolean isSecretInQuery(String name) {
    return isSecret(name) || QUERY.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether this is about authentication in general, so that the value may be a mere word. */
  static boolean isVague(String name) {
    List<String> words = words(name);
    String last = words.isEmpty() ? "" : words.get(words.size() - 1);
    return last.equals("auth") || last.equals("tokens");
  }

  private static boolean isSecretLast(List<String> words, int last) {
    String word = words.get(last);
    if (LAST.contains(word)
        || word.endsWith("token")
        || word.endsWith("pwd")
        || word.endsWith("pw")) {
      return true;
    }
    if (word.endsWith("pass") && !ORDINARY.contains(word)) {
      return true;
    }
    boolean key = word.equals("key") || word.equals("keys");
    return key && last > 0 && KEYS.contains(words.get(last - 1));
  }

  private static boolean hasStem(String word) {
    if (ORDINARY.contains(word)) {
      return false;
    }
    for (String stem : STEMS) {
      if (word.contains(stem)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSuffix(String word) {
    if (SUFFIXES.contains(word)) {
      return true;
    }
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) < '0' || word.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Lower-case words: split at what is no letter or digit, and where camelCase has its humps. */
  private static List<String> words(String name) {
    String plain = name.startsWith("-D") && name.length() > 2 ? name.substring(2) : name;
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= plain.length(); i++) {
      boolean end = i == plain.length() || !Character.isLetterOrDigit(plain.charAt(i));
      if (end || (i > start && isHump(plain, i))) {
        if (i > start) {
          words.add(plain.substring(start, i).toLowerCase(Locale.ROOT));
        }
        start = end ? i + 1 : i;
      }
    }
    return words;
  }

  private static boolean isHump(String name, int i) {
    if (!Character.isUpperCase(name.charAt(i))) {
      return false;
    }
    boolean lowerNext = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
    return !Character.isUpperCase(name.charAt(i - 1)) || lowerNext;
  }
}
