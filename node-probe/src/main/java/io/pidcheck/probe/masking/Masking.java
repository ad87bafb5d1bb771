package io.pidcheck.probe.masking;

import static io.pidcheck.probe.masking.CommandLine.END_OF_ARGUMENT;
import static io.pidcheck.probe.masking.CommandLine.MASK;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Goes once through a command line and leaves out what is secret in it. The key stays visible, the
 * value becomes {@value CommandLine#MASK}. In doubt the value goes: a masked word costs little, a
 * password in a chat channel costs a rotation.
 */
final class Masking {

  private static final Set<String> NO_SECRETS =
      Set.of(
          "",
          "true",
          "false",
          "yes",
          "no",
          "on",
          "off",
          "none",
          "null",
          "basic",
          "digest",
          "ntlm",
          "negotiate",
          "kerberos",
          "ldap",
          "oauth",
          "oauth2",
          "plain",
          "md5",
          "trust",
          "peer");

  private static final Set<String> SCHEMES =
      Set.of("bearer", "basic", "digest", "token", "negotiate", "apikey", "ntlm");

  /** A value below one of these is the name of a file with a secret in it. */
  private static final String[] DIRECTORIES = {
    "/app/", "/certs/", "/config/", "/data/", "/dev/", "/etc/", "/home/", "/host/", "/mnt/",
    "/opt/", "/proc/", "/root/", "/run/", "/secrets/", "/srv/", "/tmp/", "/usr/", "/var/"
  };

  private final String text;
  private final Bounds bounds;
  private final StringBuilder out;
  private Optional<ProgramOptions.Rule> program = Optional.empty();
  private int at;

  Masking(String text) {
    this.text = text;
    bounds = new Bounds(text);
    out = new StringBuilder(text.length());
  }

  /** At least {@code enough} characters of the result, if there are as many. */
  String masked(int enough) {
    while (at < text.length() && out.length() < enough) {
      if (Bounds.isInsideWord(text, at) || !step()) {
        out.append(text.charAt(at));
        at++;
      }
    }
    return out.toString();
  }

  /** Whether something was dealt with here. */
  private boolean step() {
    char c = text.charAt(at);
    int shape = SecretShapes.length(text, at);
    if (shape > 0) {
      return mask(at + shape);
    }
    if (bounds.startsWord(at) && word()) {
      return true;
    }
    return switch (c) {
      case '=' -> assignment();
      case ':' -> text.startsWith("://", at) ? address() : colon();
      case ' ', END_OF_ARGUMENT -> afterWord();
      default -> false;
    };
  }

  // --- words

  /** mysql -psecret; user:secret@host */
  private boolean word() {
    String word = text.substring(at, bounds.wordEnd(at));
    if (!word.startsWith("-")) {
      Optional<ProgramOptions.Rule> rule = ProgramOptions.of(word);
      program = rule.isPresent() ? rule : program;
      return credentials(word);
    }
    if (program.isEmpty() || word.length() < 3 || word.charAt(1) == '-') {
      return false;
    }
    ProgramOptions.Rule rule = program.get();
    if (!rule.attached() || !rule.has(word.charAt(1))) {
      return false;
    }
    copy(at + 2);
    return secretPart(rule.after(), bounds.wordEnd(at));
  }

  /** {@code user:secret@host}, as AMQP tools and rsync take it. */
  private boolean credentials(String word) {
    int sign = word.lastIndexOf('@');
    int colon = word.indexOf(':');
    if (colon < 1 || sign < colon + 2 || sign + 1 == word.length()) {
      return false;
    }
    boolean address = word.startsWith("//", colon + 1) || word.startsWith("sha256:", sign + 1);
    if (address || word.lastIndexOf('/', sign) >= 0 || word.lastIndexOf('=', colon) >= 0) {
      return false;
    }
    copy(at + colon + 1);
    return mask(at + sign - colon - 1);
  }

  /** {@code --password secret}; {@code curl -u user:secret}; {@code Bearer secret}. */
  private boolean afterWord() {
    int start = bounds.wordStart(at);
    String word = text.substring(start, at);
    int next = at + 1;
    while (next < text.length() && text.charAt(next) == ' ') {
      next++;
    }
    if (word.isEmpty() || next >= text.length()) {
      return false;
    }
    int end = text.charAt(at) == END_OF_ARGUMENT ? bounds.argumentEnd(next) : bounds.valueEnd(next);
    char after = 0;
    if (!announcesSecret(word, next, end)) {
      Optional<Character> part = shortOption(word);
      if (part.isEmpty() || looksLikeOption(next)) {
        return false;
      }
      after = part.get();
    }
    copy(bounds.afterQuote(next));
    return secretPart(after, bounds.beforeQuote(next, end));
  }

  private boolean announcesSecret(String word, int next, int end) {
    String lower = word.toLowerCase(Locale.ROOT);
    boolean quoted = bounds.isQuote(text.charAt(next));
    if (lower.equals("bearer")) {
      return end - next >= 8;
    }
    if (lower.equals("requirepass") || lower.equals("masterauth")) {
      return true;
    }
    if (lower.equals("password") || lower.equals("passwd") || lower.equals("by")) {
      boolean statement = !lower.equals("by") || identifiedBy();
      return quoted && statement; // SQL: ... PASSWORD 'x', ... IDENTIFIED BY 'x'
    }
    if (!word.startsWith("-") || word.indexOf('=') >= 0 || looksLikeOption(next)) {
      return false;
    }
    return SecretNames.isSecret(word) && !harmless(word, text.substring(next, end));
  }

  private boolean identifiedBy() {
    String before = out.toString().toLowerCase(Locale.ROOT);
    return before.endsWith("identified by");
  }

  private Optional<Character> shortOption(String word) {
    if (program.isEmpty() || !word.startsWith("-")) {
      return Optional.empty();
    }
    ProgramOptions.Rule rule = program.get();
    boolean user = rule.after() == ':' && (word.equals("--user") || word.equals("--proxy-user"));
    boolean letter = word.length() == 2 && rule.separate() && rule.has(word.charAt(1));
    return user || letter ? Optional.of(rule.after()) : Optional.empty();
  }

  private boolean looksLikeOption(int from) {
    if (text.charAt(from) != '-') {
      return false;
    }
    int end = bounds.wordEnd(from);
    return end - from <= 2 || text.charAt(from + 1) == '-' || text.charAt(from + 1) == 'D';
  }

  // --- name and value

  /** {@code name=secret} in all its forms. */
  private boolean assignment() {
    int nameEnd = at;
    while (nameEnd > 0 && text.charAt(nameEnd - 1) == ' ') {
      nameEnd--;
    }
    int nameStart = bounds.nameStart(nameEnd);
    String name = text.substring(nameStart, nameEnd);
    char before = bounds.before(nameStart);
    boolean query = before == '?' || before == '&';
    if (!(query ? SecretNames.isSecretInQuery(name) : SecretNames.isSecret(name))) {
      return user(name);
    }
    int from = at + 1;
    while (from < text.length() && text.charAt(from) == ' ' && nameEnd < at) {
      from++;
    }
    return value(name, from, bounds.assignedEnd(nameStart, from));
  }

  /** {@code curl --user=name:secret}. */
  private boolean user(String name) {
    boolean curl = program.isPresent() && program.get().after() == ':';
    if (!curl || !(name.equals("--user") || name.equals("--proxy-user"))) {
      return false;
    }
    copy(at + 1);
    return secretPart(':', bounds.argumentEnd(at));
  }

  /** {@code Header: secret}, {@code "name": "secret"}, {@code /p:secret}, {@code pass:secret}. */
  private boolean colon() {
    int nameEnd = at;
    while (nameEnd > 0 && text.charAt(nameEnd - 1) == ' ') {
      nameEnd--;
    }
    boolean quoted = nameEnd > 0 && bounds.isQuote(text.charAt(nameEnd - 1));
    nameEnd -= quoted ? 1 : 0;
    int nameStart = bounds.nameStart(nameEnd);
    String name = text.substring(nameStart, nameEnd);
    char before = bounds.before(nameStart);
    int from = at + 1;
    while (from < text.length() && text.charAt(from) == ' ') {
      from++;
    }
    boolean spaced = from > at + 1;
    boolean slash = before == '/' && bounds.before(nameStart - 1) == END_OF_ARGUMENT;
    boolean pair = quoted || spaced || slash || before == END_OF_ARGUMENT;
    boolean shortForm = slash && name.equals("p");
    if (!pair || from >= text.length() || SecretNames.isVague(name)) {
      return false;
    }
    if (!SecretNames.isSecret(name) && !shortForm) {
      return false;
    }
    int end = quoted ? bounds.fieldEnd(from) : bounds.headerEnd(nameStart, from);
    return value(name, skipScheme(from, end), end);
  }

  /** Bearer and Basic stay: they are what the header is about. */
  private int skipScheme(int from, int end) {
    int space = text.indexOf(' ', from);
    if (space < 0 || space >= end) {
      return from;
    }
    return SCHEMES.contains(text.substring(from, space).toLowerCase(Locale.ROOT))
        ? space + 1
        : from;
  }

  private boolean value(String name, int from, int end) {
    if (from >= end || harmless(name, text.substring(from, end))) {
      return false;
    }
    copy(bounds.afterQuote(from));
    return mask(bounds.beforeQuote(from, end));
  }

  private static boolean harmless(String name, String value) {
    if (NO_SECRETS.contains(value.toLowerCase(Locale.ROOT))) {
      return true;
    }
    if (name.equals("PWD") || name.equals("OLDPWD")) {
      return value.startsWith("/");
    }
    if (SecretNames.isVague(name) && isNumber(value)) {
      return true; // --max-tokens=4096
    }
    for (String directory : DIRECTORIES) {
      if (value.startsWith(directory)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNumber(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  // --- addresses

  /**
   * {@code scheme://user:secret@host}; RFC 3986 and those who do not escape what it wants escaped.
   */
  private boolean address() {
    int from = at + 3;
    int end = bounds.addressEnd(from);
    String rest = text.substring(from, end);
    int path = firstOf(rest, "/?#");
    String authority = path < 0 ? rest : rest.substring(0, path);
    int colon = authority.indexOf(':');
    int sign = authority.lastIndexOf('@');
    if (sign < 0 && colon >= 0 && !isNumber(authority.substring(colon + 1))) {
      sign = rest.indexOf('@'); // user:a/b@host
    } else if (sign >= 0 && colon >= 0 && colon < sign) {
      int query = rest.indexOf('?');
      sign = (query < 0 ? rest : rest.substring(0, query)).lastIndexOf('@'); // user:a@b/c@host
    }
    if (sign <= 0) {
      return false;
    }
    if (colon >= 0 && colon < sign) {
      copy(from + colon + 1);
      return colon + 1 == sign || mask(from + sign);
    }
    // a user's name alone says who; what is long is a token
    return sign >= 20 && copy(from) && mask(from + sign);
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  // --- output

  private boolean copy(int to) {
    out.append(text, at, to);
    at = to;
    return true;
  }

  private boolean mask(int to) {
    if (to > at) {
      out.append(MASK);
      at = to;
    }
    return true;
  }

  /** All up to {@code end}, or what follows {@code after} in it. */
  private boolean secretPart(char after, int end) {
    if (after == 0) {
      return mask(end);
    }
    int sign = text.indexOf(after, at);
    if (sign < 0 || sign + 1 >= end) {
      return copy(Math.max(at, end));
    }
    copy(sign + 1);
    return mask(end);
  }
}
