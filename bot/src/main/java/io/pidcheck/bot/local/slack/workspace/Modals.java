package io.pidcheck.bot.local.slack.workspace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The modals that are open, a stack per person. */
public final class Modals {

  /** https://docs.slack.dev/surfaces/modals: up to three views at once. */
  public static final int MAX_DEPTH = 3;

  private final Map<String, List<OpenView>> stacks = new HashMap<>();
  private final Consumer<String> onChange;
  private long revision;

  Modals(Consumer<String> onChange) {
    this.onChange = onChange;
  }

  /** The open modals of that person, top last. */
  public List<OpenView> of(String user) {
    return List.copyOf(stack(user));
  }

  public Optional<OpenView> byId(String id) {
    return all().filter(view -> view.id().equals(id)).findFirst();
  }

  public Optional<OpenView> byExternalId(String externalId) {
    return all().filter(view -> view.text("external_id").equals(externalId)).findFirst();
  }

  /** Opens a modal in place of all that were open. */
  public OpenView open(String user, ObjectNode definition) {
    stack(user).clear();
    return push(user, definition);
  }

  /** Puts a modal on top. */
  public OpenView push(String user, ObjectNode definition) {
    List<OpenView> stack = stack(user);
    String id = Ids.of("V");
    String root = stack.isEmpty() ? id : stack.getFirst().id();
    Optional<String> previous =
        stack.isEmpty() ? Optional.empty() : Optional.of(stack.getLast().id());
    OpenView view = new OpenView(id, user, definition, nextHash(), root, previous);
    stack.add(view);
    onChange.accept(user);
    return view;
  }

  /** Changes an open modal in its place. */
  public OpenView update(OpenView view, ObjectNode definition) {
    OpenView changed =
        new OpenView(
            view.id(), view.user(), definition, nextHash(), view.rootId(), view.previousId());
    stack(view.user()).replaceAll(open -> open.id().equals(view.id()) ? changed : open);
    onChange.accept(view.user());
    return changed;
  }

  /** Closes a modal and those above it. */
  public void close(OpenView view) {
    List<OpenView> stack = stack(view.user());
    while (stack.stream().anyMatch(open -> open.id().equals(view.id()))) {
      stack.removeLast();
    }
    onChange.accept(view.user());
  }

  public void closeAll(String user) {
    stack(user).clear();
    onChange.accept(user);
  }

  private Stream<OpenView> all() {
    return stacks.values().stream().flatMap(List::stream);
  }

  private List<OpenView> stack(String user) {
    return stacks.computeIfAbsent(user, u -> new ArrayList<>());
  }

  private String nextHash() {
    revision++;
    return revision + "." + Ids.text(8);
  }
}
