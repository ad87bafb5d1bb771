package io.pidcheck.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "help", "HELP", " help me ", "?", "帮助"})
  void explainsItselfWhenAskedOrLeftAlone(String text) {
    assertThat(Command.parse(text)).isEqualTo(new Command.Help());
  }

  @ParameterizedTest
  @CsvSource({
    "node k8s-worker02, k8s-worker02",
    "'  NODE   k8s-worker02  ', k8s-worker02",
    "node K8S-Worker02, k8s-worker02",
    "node `k8s-worker02`, k8s-worker02",
    "node <k8s-worker02>, k8s-worker02",
    "node &lt;k8s-worker02&gt;, k8s-worker02",
    "node “k8s-worker02”, k8s-worker02",
    "节点　k8s-worker02, k8s-worker02",
    "node ip-10-0-0-1.eu-west-1.compute.internal, ip-10-0-0-1.eu-west-1.compute.internal",
  })
  void readsTheNodeAsPeopleTypeIt(String text, String node) {
    assertThat(Command.parse(text)).isEqualTo(new Command.CheckNode(node));
  }

  @ParameterizedTest
  @CsvSource({
    "report node k8s-worker02",
    "REPORT k8s-worker02",
    "报告 节点 k8s-worker02",
    "报告　k8s-worker02",
    "report `k8s-worker02`",
  })
  void readsAWishForAReport(String text) {
    assertThat(Command.parse(text)).isEqualTo(new Command.Report("k8s-worker02"));
  }

  @Test
  void readsAWishForWhatThereIsOfCalicoAndOfItself() {
    assertThat(Command.parse("calico")).isEqualTo(new Command.Calico());
    assertThat(Command.parse("STATUS")).isEqualTo(new Command.Status());
    assertThat(Command.parse("状态")).isEqualTo(new Command.Status());
  }

  @Test
  void takesANodeThatIsCalledNode() {
    assertThat(Command.parse("report node")).isEqualTo(new Command.Report("node"));
  }

  @Test
  void keepsAPastedTextAsItIs() {
    assertThat(Command.parse("explain  fork: retry:\n  Resource &lt;x&gt; unavailable "))
        .isEqualTo(new Command.Explain("fork: retry:\n  Resource <x> unavailable"));
    assertThat(Command.parse("解释　退出码 126")).isEqualTo(new Command.Explain("退出码 126"));
  }

  @Test
  void readsALongTextAtItsBeginning() {
    assertThat(Command.parse("explain " + "a".repeat(5_000)))
        .isEqualTo(new Command.Explain("a".repeat(3_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "explain, no-text, ''",
    "node, no-node, ''",
    "node ``, no-node, ''",
    "node a b, too-many, a b",
    "node -a, not-a-name, -a",
    "node a_b, not-a-name, a_b",
    "node a..b, not-a-name, a..b",
    "node <!channel>, not-a-name, <!channel>",
    "node &lt;!channel&gt; &amp;, too-many, <!channel> &",
    "nodes x, unknown, nodes x",
    "report, no-node, ''",
    "report node a b, too-many, a b",
  })
  void saysWhatIsWrong(String text, String problem, String typed) {
    assertThat(Command.parse(text)).isEqualTo(new Command.Bad(problem, typed));
  }

  @Test
  void refusesANameOfTenThousandCharacters() {
    assertThat(Command.parse("node " + "a".repeat(10_000)))
        .isInstanceOfSatisfying(
            Command.Bad.class, bad -> assertThat(bad.problem()).isEqualTo("not-a-name"));
  }

  @Test
  void takesTheLongestNameThatKubernetesTakes() {
    String longest = "a".repeat(253);
    assertThat(Command.parse("node " + longest)).isEqualTo(new Command.CheckNode(longest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"node k8s-worker02 force", "节点 K8S-worker02 强制", "node `k8s-worker02` FORCE"})
  void takesTheWordThatStartsTheProbeAllTheSame(String text) {
    assertThat(Command.parse(text)).isEqualTo(new Command.ForceNode("k8s-worker02"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nodes", " NODES ", "列表", "节点列表"})
  void listsAllNodes(String text) {
    assertThat(Command.parse(text)).isEqualTo(new Command.ListNodes());
  }
}
