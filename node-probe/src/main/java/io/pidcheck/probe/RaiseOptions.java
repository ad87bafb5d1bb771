package io.pidcheck.probe;

import io.pidcheck.probe.remedy.Remedy;
import java.util.OptionalLong;

/** {@code set-pid-max --to=N [--threads-max=N]} and the files of {@link FileOptions}. */
final class RaiseOptions implements RemedyOptions.Verb {

  private final FileOptions files = new FileOptions();
  private OptionalLong to = OptionalLong.empty();
  private OptionalLong threadsMax = OptionalLong.empty();

  @Override
  public boolean take(Option option) throws Option.Wrong {
    switch (option.name()) {
      case "--to" -> to = OptionalLong.of(option.number());
      case "--threads-max" -> threadsMax = OptionalLong.of(option.number());
      default -> {
        return files.take(option);
      }
    }
    return true;
  }

  @Override
  public Remedy remedy(Remedy.Order order) throws Option.Wrong {
    Option.require(to.isPresent(), "--to is needed");
    Remedy.Files given = files.files();
    Option.require(
        threadsMax.isPresent() == given.threadsMax().isPresent(),
        "--threads-max and --threads-max-file go together");
    return new Remedy.RaisePidMax(order, given, to.getAsLong(), threadsMax);
  }
}
