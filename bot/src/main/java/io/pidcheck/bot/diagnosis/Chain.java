package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.evidence.ProbeSpec;
import java.util.List;
import java.util.Optional;

/**
 * From the leak to what it broke, link by link; empty where nothing ran out and nothing was
 * refused.
 *
 * @param liveness calico-node's liveness probe, whose threshold one of the links speaks of; empty
 *     where its pod was not seen
 */
public record Chain(List<Link> links, Optional<ProbeSpec> liveness) {

  public Chain {
    links = List.copyOf(links);
  }
}
