package io.pidcheck.bot.local.slack.blockkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.local.slack.workspace.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BlockKitTest {

  private final BlockKit blockKit = new BlockKit(id -> id.equals("F1"));

  private static JsonNode json(String singleQuoted) {
    return Json.parse(singleQuoted.replace('\'', '"')).orElseThrow();
  }

  private List<String> problems(String block) {
    return blockKit.problemsOfMessage(json("[" + block + "]"));
  }

  private List<String> viewProblems(String view) {
    return blockKit.problemsOfModal(json(view));
  }

  private static String repeat(String item, int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> item.replace("#", Integer.toString(i)))
        .collect(Collectors.joining(","));
  }

  private static String x(int length) {
    return "x".repeat(length);
  }

  private static String plain(String text) {
    return "{'type':'plain_text','text':'" + text + "'}";
  }

  private static String button(String more) {
    return "{'type':'actions','elements':[{'type':'button','text':" + plain("Go") + more + "}]}";
  }

  private static String menu(String type, String more) {
    return "{'type':'section','text':"
        + plain("t")
        + ",'accessory':{'type':'"
        + type
        + "'"
        + more
        + "}}";
  }

  private static String option(String text, String value) {
    return "{'text':" + plain(text) + ",'value':'" + value + "'}";
  }

  /** Each limit: the largest that is allowed, which {@code #} stands for, in a block. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          3000 | {'type':'section','text':{'type':'mrkdwn','text':'#'}}
          2000 | {'type':'section','fields':[{'type':'plain_text','text':'#'}]}
           150 | {'type':'header','text':{'type':'plain_text','text':'#'}}
           255 | {'type':'divider','block_id':'#'}
          2000 | {'type':'image','image_url':'https://x/y.png','alt_text':'#'}
          2000 | {'type':'image','image_url':'https://x/y.png','alt_text':'a','title':{'type':'plain_text','text':'#'}}
            75 | {'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'#'}}]}
          2000 | {'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'a'},'value':'#'}]}
           255 | {'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'a'},'action_id':'#'}]}
           100 | {'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'a'},'confirm':{'title':{'type':'plain_text','text':'#'},'text':{'type':'plain_text','text':'b'},'confirm':{'type':'plain_text','text':'c'},'deny':{'type':'plain_text','text':'d'}}}]}
           300 | {'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'a'},'confirm':{'title':{'type':'plain_text','text':'a'},'text':{'type':'mrkdwn','text':'#'},'confirm':{'type':'plain_text','text':'c'},'deny':{'type':'plain_text','text':'d'}}}]}
            30 | {'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'a'},'confirm':{'title':{'type':'plain_text','text':'a'},'text':{'type':'plain_text','text':'b'},'confirm':{'type':'plain_text','text':'#'},'deny':{'type':'plain_text','text':'d'}}}]}
            30 | {'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'a'},'confirm':{'title':{'type':'plain_text','text':'a'},'text':{'type':'plain_text','text':'b'},'confirm':{'type':'plain_text','text':'c'},'deny':{'type':'plain_text','text':'#'}}}]}
          """)
  void holdsTheLimitOfEachText(int max, String block) {
    assertThat(problems(block.replace("#", x(max)))).isEmpty();
    assertThat(problems(block.replace("#", x(max + 1))))
        .singleElement()
        .asString()
        .startsWith("must be less than " + (max + 1) + " characters [json-pointer:/blocks/0");
    assertThat(problems(block.replace("#", "")))
        .singleElement()
        .asString()
        .startsWith("must be more than 0 characters");
  }

  /** Each count: the largest that is allowed, of items that {@code %} stands for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
           10 | {'type':'section','fields':[%]}                                        | {'type':'mrkdwn','text':'a'}
           10 | {'type':'context','elements':[%]}                                      | {'type':'mrkdwn','text':'a'}
           25 | {'type':'actions','elements':[%]}                                      | {'type':'button','text':{'type':'plain_text','text':'a'}}
            5 | {'type':'actions','elements':[{'type':'overflow','options':[%]}]}      | {'text':{'type':'plain_text','text':'a'},'value':'v#'}
          100 | {'type':'actions','elements':[{'type':'static_select','options':[%]}]} | {'text':{'type':'plain_text','text':'a'},'value':'v#'}
           10 | {'type':'actions','elements':[{'type':'checkboxes','options':[%]}]}    | {'text':{'type':'mrkdwn','text':'a'},'value':'v#'}
          """)
  void holdsTheLimitOfEachList(int max, String block, String item) {
    assertThat(problems(block.replace("%", repeat(item, max)))).isEmpty();
    assertThat(problems(block.replace("%", repeat(item, max + 1))))
        .singleElement()
        .asString()
        .startsWith("no more than " + max + " items allowed");
    assertThat(problems(block.replace("%", ""))).isNotEmpty();
  }

  @Test
  void allowsFiftyBlocksInAMessageAndAHundredInAModal() {
    String view = "{'type':'modal','title':" + plain("t") + ",'blocks':[%s]}";
    assertThat(problems(repeat("{'type':'divider'}", 50))).isEmpty();
    assertThat(problems(repeat("{'type':'divider'}", 51)))
        .containsExactly("no more than 50 items allowed [json-pointer:/blocks]");
    assertThat(viewProblems(view.formatted(repeat("{'type':'divider'}", 100)))).isEmpty();
    assertThat(viewProblems(view.formatted(repeat("{'type':'divider'}", 101))))
        .containsExactly("no more than 100 items allowed [json-pointer:/view/blocks]");
  }

  @Test
  void countsTheTextOfAllBlocksTogether() {
    String section = "{'type':'section','text':" + plain(x(2640)) + "}";
    assertThat(BlockKit.isTooLong(json("[" + repeat(section, 5) + "]"))).isFalse();
    String more = repeat(section, 5) + ",{'type':'header','text':" + plain("x") + "}";
    assertThat(BlockKit.isTooLong(json("[" + more + "]"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'gallery'}",
        "{'text':'no type'}",
        "'text'",
        "{'type':'section'}",
        "{'type':'section','text':'bare'}",
        "{'type':'section','text':{'type':'markdown','text':'a'}}",
        "{'type':'section','text':{'type':'plain_text','text':'a','verbatim':true}}",
        "{'type':'section','text':{'type':'mrkdwn','text':'a','emoji':true}}",
        "{'type':'section','text':{'type':'mrkdwn','text':'a'},'colour':'red'}",
        "{'type':'header','text':{'type':'mrkdwn','text':'a'}}",
        "{'type':'context','elements':[{'type':'button','text':{'type':'plain_text','text':'a'}}]}",
        "{'type':'actions','elements':[{'type':'image','image_url':'https://x/y','alt_text':'a'}]}",
        "{'type':'actions','elements':[{'type':'button','text':{'type':'mrkdwn','text':'a'}}]}",
        "{'type':'image','alt_text':'a'}",
        "{'type':'image','alt_text':'a','image_url':'file:///etc/passwd'}",
        "{'type':'image','alt_text':'a','image_url':'https://x/y','slack_file':{'id':'F1'}}",
        "{'type':'image','alt_text':'a','slack_file':{'id':'F2'}}",
        "{'type':'image','alt_text':'a','slack_file':{}}",
        "{'type':'divider'},{'type':'rich_text','elements':[{'type':'text','text':'a'}]}",
        "{'type':'rich_text','elements':[{'type':'rich_text_section','elements':[{'type':'text','text':''}]}]}",
        "{'type':'rich_text','elements':[{'type':'rich_text_section','elements':[{'type':'text','text':'a','style':{'bold':'yes'}}]}]}",
        "{'type':'rich_text','elements':[{'type':'rich_text_list','style':'dots','elements':[]}]}",
        "{'type':'rich_text','elements':[{'type':'rich_text_section','elements':[{'type':'broadcast','range':'all'}]}]}",
        "{'type':'divider','block_id':'a'},{'type':'divider','block_id':'a'}",
        "{'type':'table','rows':[]}"
      })
  void refusesWhatSlackDoesNotKnow(String blocks) {
    assertThat(problems(blocks)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'image','alt_text':'a','slack_file':{'id':'F1'}}",
        "{'type':'image','alt_text':'a','slack_file':{'url':'http://127.0.0.1:1/files/F1/a.png'}}",
        "{'type':'context','elements':[{'type':'image','image_url':'https://x/y','alt_text':'a'},{'type':'plain_text','text':'a'}]}",
        "{'type':'rich_text','elements':[{'type':'rich_text_preformatted','border':0,'elements':[{'type':'text','text':'top'}]}]}",
        "{'type':'rich_text','elements':[{'type':'rich_text_list','style':'ordered','indent':1,'elements':[{'type':'rich_text_section','elements':[{'type':'user','user_id':'U1'},{'type':'emoji','name':'x'},{'type':'link','url':'https://x','text':'y'},{'type':'text','text':'b','style':{'code':true}}]}]}]}",
        "{'type':'markdown','text':'# a'}",
        "{'type':'table','rows':[[{'type':'raw_text','text':'a'},{'type':'raw_text','text':'b'}]],'column_settings':[null,{'align':'right'}]}",
        "{'type':'section','text':{'type':'mrkdwn','text':'a','verbatim':true},'expand':true,'accessory':{'type':'users_select','action_id':'u','placeholder':{'type':'plain_text','text':'who'}}}"
      })
  void takesWhatSlackKnows(String blocks) {
    assertThat(problems(blocks)).isEmpty();
  }

  @Test
  void namesThePlaceOfAProblemAsSlackDoes() {
    assertThat(problems("{'type':'divider'}," + button(",'style':'blue'")))
        .containsExactly(
            "must be one of danger, primary [json-pointer:/blocks/1/elements/0/style]");
    assertThat(problems("{'type':'section','fields':[{'type':'mrkdwn'}]}"))
        .containsExactly("missing required field: text [json-pointer:/blocks/0/fields/0]");
  }

  @Test
  void refusesTwoActionsOfOneIdInABlock() {
    String twins = repeat("{'type':'button','action_id':'a','text':" + plain("t") + "}", 2);
    assertThat(problems("{'type':'actions','elements':[" + twins + "]}"))
        .containsExactly("action_id \"a\" already exists [json-pointer:/blocks/0]");
  }

  @Test
  void refusesAnOverflowMenuOfOneOption() {
    assertThat(problems(menu("overflow", ",'options':[" + option("a", "1") + "]"))).isNotEmpty();
  }

  @Test
  void wantsTheInitialOptionToBeOneOfTheOptions() {
    String options = ",'options':[" + option("a", "1") + "," + option("b", "2") + "]";
    String menu = menu("static_select", options + ",'initial_option':" + option("b", "2"));
    assertThat(problems(menu)).isEmpty();
    String wrong = menu("static_select", options + ",'initial_option':" + option("c", "3"));
    assertThat(problems(wrong)).singleElement().asString().contains("must be one of the options");
  }

  @Test
  void wantsOptionsOrGroupsButNotBoth() {
    String groups =
        ",'option_groups':[{'label':" + plain("g") + ",'options':[" + option("a", "1") + "]}]";
    assertThat(problems(menu("static_select", groups))).isEmpty();
    assertThat(problems(menu("static_select", ""))).isNotEmpty();
    String both = groups + ",'options':[" + option("a", "1") + "]";
    assertThat(problems(menu("static_select", both))).isNotEmpty();
  }

  private static String view(String more) {
    return "{'type':'modal','title':" + plain("t") + ",'blocks':[]" + more + "}";
  }

  @Test
  void holdsTheLimitsOfAModal() {
    assertThat(viewProblems(view(",'submit':" + plain(x(24))))).isEmpty();
    assertThat(viewProblems(view(",'submit':" + plain(x(25))))).isNotEmpty();
    assertThat(viewProblems(view(",'close':" + plain(x(25))))).isNotEmpty();
    assertThat(viewProblems(view("").replace("'t'", "'" + x(25) + "'"))).isNotEmpty();
    assertThat(viewProblems(view(",'private_metadata':'" + x(3000) + "'"))).isEmpty();
    assertThat(viewProblems(view(",'private_metadata':'" + x(3001) + "'"))).isNotEmpty();
    assertThat(viewProblems(view(",'callback_id':'" + x(256) + "'"))).isNotEmpty();
    assertThat(viewProblems("{'type':'home','title':" + plain("t") + ",'blocks':[]}"))
        .containsExactly("must be one of modal [json-pointer:/view/type]");
  }

  @Test
  void wantsASubmitButtonWhereThereIsAnInput() {
    String input =
        "{'type':'modal','title':%1$s,'blocks':[{'type':'input','label':%1$s,'element':{'type':'plain_text_input'}}]%2$s}";
    assertThat(viewProblems(input.formatted(plain("t"), ""))).isNotEmpty();
    assertThat(viewProblems(input.formatted(plain("t"), ",'submit':" + plain("Go")))).isEmpty();
  }

  @Test
  void fillsInIdsAndTextDefaultsButTouchesNoRichText() {
    JsonNode blocks =
        json(
            "["
                + button("")
                + ",{'type':'context','elements':[{'type':'mrkdwn','text':'a'}]}"
                + ",{'type':'rich_text','elements':[{'type':'rich_text_section','elements':[{'type':'text','text':'a'}]}]}]");
    Completion.complete(blocks);

    assertThat(blocks.path(0).path("block_id").asString()).hasSize(5);
    JsonNode button = blocks.path(0).path("elements").path(0);
    assertThat(button.path("action_id").asString()).hasSize(5);
    assertThat(button.path("text").path("emoji").asBoolean()).isTrue();
    JsonNode note = blocks.path(1).path("elements").path(0);
    assertThat(note.has("action_id")).isFalse();
    assertThat(note.path("verbatim").asBoolean(true)).isFalse();
    assertThat(blocks.path(2).path("elements").toString()).doesNotContain("action_id");
    assertThat(blockKit.problemsOfMessage(blocks)).isEmpty();
  }
}
