package io.pidcheck.bot.diagnosis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a container's or a command's exit code says. */
public enum ExitMeaning {
  CLEAN,
  ERROR,
  /** The shell, or runc for {@code kubectl exec}: there, but could not be executed. */
  NOT_EXECUTABLE,
  NOT_FOUND,
  /** The kubelet: StartError, the container's process never ran. */
  NOT_STARTED,
  /** 128 + SIGABRT: a runtime that gives up on itself. */
  ABORTED,
  /** 128 + SIGKILL: the kernel's OOM killer, the kubelet after its grace period, or a person. */
  KILLED,
  SEGMENTATION_FAULT,
  /** 128 + SIGTERM: asked to stop. */
  TERMINATED;

  private static final Pattern CODE =
      Pattern.compile(
          "(?i)exit(?:ed)?(?: with)?[ _-]?(?:code|status)?\\s*[:=]?\\s*(\\d{1,3})\\b|退出码\\s*[:：]?\\s*(\\d{1,3})");

  public static ExitMeaning of(int exitCode) {
    return switch (exitCode) {
      case 0 -> CLEAN;
      case 126 -> NOT_EXECUTABLE;
      case 127 -> NOT_FOUND;
      case 128 -> NOT_STARTED;
      case 134 -> ABORTED;
      case 137 -> KILLED;
      case 139 -> SEGMENTATION_FAULT;
      case 143 -> TERMINATED;
      default -> ERROR;
    };
  }

  /** The exit code that a text speaks of, if any. */
  public static Optional<ExitMeaning> in(String text) {
    Matcher code = CODE.matcher(text);
    if (!code.find()) {
      return Optional.empty();
    }
    String digits = code.group(1) == null ? code.group(2) : code.group(1);
    return Optional.of(of(Integer.parseInt(digits)));
  }
}
