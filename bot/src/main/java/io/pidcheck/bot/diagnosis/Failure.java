package io.pidcheck.bot.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** An error as programs and libraries word it, and what it means whatever the operation. */
@SuppressWarnings("ImmutableEnumChecker") // it cannot see that a Shape, and List.of, are
enum Failure {
  // glibc and musl, zh_CN of glibc; errno 11 in brackets, as MySQL, nginx, Erlang, Rust write it
  EAGAIN(
      List.of(
          "resource temporarily unavailable",
          "资源暂时不可用",
          "out of system resources",
          "thread limit exceeded"),
      Shape.beginning(
          "[eo(][ars1]",
          "\\beagain\\b|errno\\s*[=:]?\\s*-?11\\b|os error 11\\b|\\berror\\s*[=:]?\\s*11\\b|\\(11:",
          "eagain",
          "11")),
  ENOMEM(
      List.of("cannot allocate memory", "can't allocate memory", "not enough space", "无法分配内存"),
      Shape.beginning(
          "[eo(][nrs1]",
          "\\benomem\\b|errno\\s*[=:]?\\s*-?12\\b|os error 12\\b|\\berror\\s*[=:]?\\s*12\\b|\\(12:",
          "enomem",
          "12")),
  EMFILE(
      List.of("too many open files", "打开的文件过多"),
      Shape.of("\\bemfile\\b|\\benfile\\b", "emfile", "enfile")),
  ENOSPC(List.of("no space left on device", "设备上没有空间"), Shape.of("\\benospc\\b", "enospc")),
  EPERM(
      List.of("operation not permitted", "permission denied", "不允许的操作", "权限不够"),
      Shape.of("\\beperm\\b|\\beacces\\b", "eperm", "eacces")),
  ENOENT(
      List.of(
          "no such file or directory",
          "executable file not found",
          "exec format error",
          "没有那个文件或目录"));

  // Who repeats one error a hundred times says no more by it, and must not cost more.
  private static final int PLACES = 20;

  private final List<String> words;
  private final Optional<Shape> codes;

  Failure(List<String> words) {
    this.words = words;
    this.codes = Optional.empty();
  }

  Failure(List<String> words, Shape codes) {
    this.words = words;
    this.codes = Optional.of(codes);
  }

  /** Where a text says it. */
  record Place(int start, int end) {}

  boolean isIn(String text) {
    return words.stream().anyMatch(text::contains)
        || codes.filter(shape -> shape.isIn(text)).isPresent();
  }

  /** In their order, twenty at most. */
  List<Place> in(String text) {
    List<Place> places = new ArrayList<>();
    for (String word : words) {
      int at = text.indexOf(word);
      for (int n = 0; at >= 0 && n < PLACES; n++) {
        places.add(new Place(at, at + word.length()));
        at = text.indexOf(word, at + word.length());
      }
    }
    if (codes.isPresent() && codes.get().mayBeIn(text)) {
      Matcher matcher = codes.get().matcher(text);
      for (int n = 0; n < PLACES && matcher.find(); n++) {
        places.add(new Place(matcher.start(), matcher.end()));
      }
    }
    places.sort(Comparator.comparingInt(Place::start));
    return places.subList(0, Math.min(PLACES, places.size()));
  }
}
