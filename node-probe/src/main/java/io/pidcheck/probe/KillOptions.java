package io.pidcheck.probe;

import io.pidcheck.probe.remedy.Remedy;
import io.pidcheck.probe.remedy.Remedy.Target;
import io.pidcheck.probe.report.KillResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code kill --target=PID:STARTTICKS... [--grace=10s] [--protect=COMM]... [--protect-pod=UID]...}
 */
final class KillOptions implements RemedyOptions.Verb {

  private static final Duration MOST_GRACE = Duration.ofMinutes(5);

  private final List<Target> targets = new ArrayList<>();
  private final Set<String> protectedComms = new HashSet<>();
  private final Set<String> protectedPods = new HashSet<>();
  private Duration grace = Duration.ofSeconds(10);

  @Override
  public boolean take(Option option) throws Option.Wrong {
    switch (option.name()) {
      case "--target" -> targets.add(target(option));
      case "--grace" -> grace = grace(option);
      case "--protect" -> protectedComms.add(option.text());
      case "--protect-pod" -> protectedPods.add(option.text());
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public Remedy remedy(Remedy.Order order) throws Option.Wrong {
    Option.require(!targets.isEmpty(), "--target is needed");
    Option.require(targets.size() <= KillResult.MAX_TARGETS, "too many targets");
    Remedy.Guarded guarded = new Remedy.Guarded(protectedComms, protectedPods);
    return new Remedy.Kill(order, targets, grace, guarded);
  }

  private static Target target(Option option) throws Option.Wrong {
    int colon = option.value().indexOf(':');
    Option.require(colon > 0, "--target must be PID:STARTTICKS");
    long pid = option.number(option.value().substring(0, colon));
    Option.require(pid > 0 && pid <= Integer.MAX_VALUE, "--target must be PID:STARTTICKS");
    return new Target((int) pid, option.number(option.value().substring(colon + 1)));
  }

  private static Duration grace(Option option) throws Option.Wrong {
    Optional<Duration> grace = TimeSpan.parse(option.value(), MOST_GRACE);
    Option.require(grace.isPresent(), "--grace must be from 0ms to 300s");
    return grace.orElseThrow();
  }
}
