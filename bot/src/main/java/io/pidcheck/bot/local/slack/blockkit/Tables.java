package io.pidcheck.bot.local.slack.blockkit;

import java.util.Set;

/** https://docs.slack.dev/reference/block-kit/blocks/table-block */
final class Tables {

  private Tables() {}

  static void block(Spot table) {
    if (table.isObject(Set.of("type", "rows"), Set.of("block_id", "column_settings"))) {
      table.at("rows").items(1, 100, row -> row.items(1, 20, Tables::cell));
      table.ifPresent("column_settings", columns -> columns.items(0, 20, Tables::column));
    }
  }

  private static void cell(Spot cell) {
    switch (cell.type()) {
      case "rich_text" -> RichText.block(cell);
      case "raw_text" -> {
        if (cell.isObject(Set.of("type", "text"), Set.of())) {
          cell.at("text").string(1, 3000);
        }
      }
      default -> cell.complain("unsupported type: " + cell.type());
    }
  }

  private static void column(Spot column) {
    if (column.node().isNull()) {
      return; // a null skips the column
    }
    if (column.isObject(Set.of(), Set.of("align", "is_wrapped"))) {
      column.ifPresent("align", align -> align.oneOf(Set.of("left", "center", "right")));
      column.ifPresent("is_wrapped", Spot::bool);
    }
  }
}
