package io.pidcheck.probe.masking;

import static io.pidcheck.probe.masking.CommandLine.END_OF_ARGUMENT;
import static io.pidcheck.probe.masking.CommandLine.MASK;
import static io.pidcheck.probe.masking.CommandLine.isSpace;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Goes once through a command line and leaves out what is secret in it. The key stays visible, the
 * value becomes {@value CommandLine#MASK}. In doubt the value goes: a masked word costs little, a
 * password in a chat channel costs a rotation.
 */
final class Masking {

  private static final Set<String> SCHEMES =
      Set.of("bearer", "basic", "digest", "token", "negotiate", "apikey", "ntlm");

  private final String text;
  private final Bounds bounds;
  private final StringBuilder out;
  private Optional<String> program = Optional.empty();
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

  /** {@code mysql -psecret}; {@code user:secret@host}. */
  private boolean word() {
    String word = text.substring(at, bounds.wordEnd(at));
    if (!word.startsWith("-")) {
      boolean slashed = ProgramOptions.takesSlashedPassword(program);
      Optional<String> named = ProgramOptions.program(word);
      program = named.isPresent() ? named : program;
      return maskIn(at, Addresses.inShortAddress(word, slashed));
    }
    int value = at + 2;
    boolean dashes = word.length() < 2 || word.startsWith("--"); // "-" is a file for many
    if (dashes || value >= text.length() || isSpace(text.charAt(value))) {
      return false;
    }
    Optional<ProgramOptions.Rule> rule = ProgramOptions.rule(program, word.charAt(1));
    if (rule.isEmpty() || !rule.get().attached()) {
      return false;
    }
    int end = bounds.valueEnd(value);
    copy(bounds.afterQuote(value));
    return secretPart(rule.get().after(), bounds.beforeQuote(value, end));
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
    return SecretNames.isSecret(word)
        && !HarmlessValues.isHarmless(word, text.substring(next, end));
  }

  private boolean identifiedBy() {
    String before = out.toString().toLowerCase(Locale.ROOT);
    return before.endsWith("identified by");
  }

  /** What the secret follows in this option's value. */
  private Optional<Character> shortOption(String word) {
    if (ProgramOptions.takesUserAndPassword(program, word)) {
      return Optional.of(':');
    }
    if (word.length() != 2 || !word.startsWith("-")) {
      return Optional.empty();
    }
    Optional<ProgramOptions.Rule> rule = ProgramOptions.rule(program, word.charAt(1));
    return rule.isPresent() && rule.get().separate()
        ? Optional.of(rule.get().after())
        : Optional.empty();
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
    if (!ProgramOptions.takesUserAndPassword(program, name)) {
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
    boolean alone = before == END_OF_ARGUMENT || bounds.isQuote(before) || before == '{';
    boolean pair = quoted || spaced || slash || alone;
    boolean shortForm = slash && name.equals("p");
    if (!pair || from >= text.length() || SecretNames.isVague(name)) {
      return false;
    }
    if (!SecretNames.isSecret(name) && !shortForm) {
      return false;
    }
    int end = quoted || before == '{' ? bounds.fieldEnd(from) : bounds.headerEnd(nameStart, from);
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
    if (from >= end || HarmlessValues.isHarmless(name, text.substring(from, end))) {
      return false;
    }
    copy(bounds.afterQuote(from));
    return mask(bounds.beforeQuote(from, end));
  }

  /** {@code scheme://user:secret@host}. */
  private boolean address() {
    int from = at + "://".length();
    return maskIn(from, Addresses.inUserInfo(text.substring(from, bounds.addressEnd(from))));
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

  /** The secret of a text that begins at {@code from}, if it has one. */
  private boolean maskIn(int from, Optional<Addresses.Secret> secret) {
    if (secret.isEmpty()) {
      return false;
    }
    copy(from + secret.get().from());
    return mask(from + secret.get().to());
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
