package io.pidcheck.bot.local.slack.blockkit;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Interactive elements: https://docs.slack.dev/reference/block-kit/block-elements */
final class Elements {

  private static final Set<String> MENUS =
      Set.of(
          "static_select",
          "multi_static_select",
          "users_select",
          "multi_users_select",
          "channels_select",
          "multi_channels_select",
          "conversations_select",
          "multi_conversations_select",
          "checkboxes",
          "radio_buttons",
          "datepicker",
          "timepicker");

  /** What may stand in an actions block. */
  static final Set<String> IN_ACTIONS = with(MENUS, "button", "overflow");

  /** What may stand beside a section. */
  static final Set<String> IN_SECTION = with(MENUS, "button", "overflow", "image");

  /** What may stand in an input block. */
  static final Set<String> IN_INPUT =
      with(MENUS, "plain_text_input", "number_input", "email_text_input", "url_text_input");

  private final Images images;

  Elements(Images images) {
    this.images = images;
  }

  private static Set<String> with(Set<String> types, String... more) {
    return Stream.concat(types.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }

  /** A check for one of those types. */
  Consumer<Spot> oneOf(Set<String> types) {
    return element -> {
      if (!types.contains(element.type())) {
        element.complain("unsupported type: " + element.type());
        return;
      }
      check(element);
    };
  }

  private void check(Spot element) {
    switch (element.type()) {
      case "button" -> button(element);
      case "overflow" -> overflow(element);
      case "image" -> images.element(element);
      case "static_select" -> staticSelect(element, Set.of("initial_option"));
      case "multi_static_select" ->
          staticSelect(element, Set.of("initial_options", "max_selected_items"));
      case "checkboxes" -> choices(element, "initial_options");
      case "radio_buttons" -> choices(element, "initial_option");
      case "plain_text_input" -> textInput(element);
      case "number_input" -> numberInput(element);
      case "email_text_input", "url_text_input" -> lineInput(element);
      default -> otherMenu(element);
    }
    element.ifPresent("action_id", id -> id.string(1, 255));
    element.ifPresent("confirm", Texts::confirm);
    element.ifPresent("placeholder", text -> Texts.plain(text, 150));
    element.ifPresent("focus_on_load", Spot::bool);
  }

  private static void button(Spot button) {
    Set<String> optional =
        Set.of("action_id", "value", "url", "style", "confirm", "accessibility_label");
    if (button.isObject(Set.of("type", "text"), optional)) {
      Texts.plain(button.at("text"), 75);
      button.ifPresent("value", value -> value.string(1, 2000));
      button.ifPresent("url", Spot::url);
      button.ifPresent("style", Texts::style);
      button.ifPresent("accessibility_label", label -> label.string(1, 75));
    }
  }

  private static void overflow(Spot menu) {
    if (menu.isObject(Set.of("type", "options"), Set.of("action_id", "confirm"))) {
      menu.at("options").items(2, 5, Texts::overflowOption);
    }
  }

  private static void staticSelect(Spot menu, Set<String> initial) {
    Set<String> optional =
        with(
            initial,
            "action_id",
            "confirm",
            "placeholder",
            "focus_on_load",
            "options",
            "option_groups");
    if (!menu.isObject(Set.of("type"), optional)) {
      return;
    }
    if (menu.has("options") == menu.has("option_groups")) {
      menu.complain("must define either options or option_groups");
    }
    menu.ifPresent("options", options -> options.items(1, 100, Texts::option));
    menu.ifPresent("option_groups", groups -> groups.items(1, 100, Texts::optionGroup));
    menu.ifPresent("max_selected_items", max -> max.integer(1, 100));
    initialOptions(menu);
  }

  private static void choices(Spot element, String initial) {
    Set<String> optional = Set.of("action_id", "confirm", "focus_on_load", initial);
    if (element.isObject(Set.of("type", "options"), optional)) {
      element.at("options").items(1, 10, Texts::choice);
      initialOptions(element);
    }
  }

  private static void initialOptions(Spot menu) {
    Set<String> values = new HashSet<>(Options.values(menu.node()));
    menu.ifPresent("initial_option", option -> initialOption(option, values));
    menu.ifPresent(
        "initial_options",
        options -> options.items(1, 100, option -> initialOption(option, values)));
  }

  private static void initialOption(Spot option, Set<String> values) {
    if (!values.contains(option.node().path("value").asString(""))) {
      option.complain("must be one of the options");
    }
  }

  private static void textInput(Spot input) {
    Set<String> optional =
        Set.of(
            "action_id",
            "initial_value",
            "multiline",
            "min_length",
            "max_length",
            "dispatch_action_config",
            "focus_on_load",
            "placeholder");
    if (input.isObject(Set.of("type"), optional)) {
      input.ifPresent("initial_value", value -> value.string(0, 3000));
      input.ifPresent("multiline", Spot::bool);
      input.ifPresent("min_length", length -> length.integer(0, 3000));
      input.ifPresent("max_length", length -> length.integer(1, 3000));
    }
  }

  private static void lineInput(Spot input) {
    Set<String> optional =
        Set.of(
            "action_id", "initial_value", "dispatch_action_config", "focus_on_load", "placeholder");
    input.isObject(Set.of("type"), optional);
  }

  private static void numberInput(Spot input) {
    Set<String> optional =
        Set.of(
            "action_id",
            "initial_value",
            "min_value",
            "max_value",
            "dispatch_action_config",
            "focus_on_load",
            "placeholder");
    if (input.isObject(Set.of("type", "is_decimal_allowed"), optional)) {
      input.at("is_decimal_allowed").bool();
    }
  }

  // users, channels, conversations, dates and times: their values need no options
  private static void otherMenu(Spot menu) {
    Set<String> optional =
        Set.of(
            "action_id",
            "confirm",
            "placeholder",
            "focus_on_load",
            "initial_user",
            "initial_users",
            "initial_channel",
            "initial_channels",
            "initial_conversation",
            "initial_conversations",
            "initial_date",
            "initial_time",
            "timezone",
            "max_selected_items",
            "default_to_current_conversation",
            "response_url_enabled",
            "filter");
    menu.isObject(Set.of("type"), optional);
  }
}
