package io.pidcheck.bot.diagnosis;

import java.util.List;

/**
 * From the leak to what it broke, link by link; empty where nothing ran out and nothing was
 * refused.
 */
public record Chain(List<Link> links) {

  public Chain {
    links = List.copyOf(links);
  }
}
